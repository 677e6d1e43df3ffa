/* The list that skydeck's figures stand beside: as little as a C program with ncurses can do to let a person walk through
   rows in memory.

   curses-reference bar|mark [ROWS]

   bar: the row under the cursor is reversed. mark: it is bold with a mark before it, which is what skydeck does.
   Keys: j or Down, k or Up, g, G, q. Keys that wait are all taken before the screen is drawn once. */
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 120 };

struct list {
  char (*rows)[ROW_BYTES];
  int count, cursor, first;
  bool marks;
};

static void fill(struct list *list) {
  static const char *const names[] = {"Adele Moreau", "Bao Nguyen", "Chiara Rossi", "Dmitri Ivanov", "Efua Mensah"};
  static const char *const places[] = {"atelier", "bureau", "cadastre", "digue", "etude", "fonderie", "gare"};
  for (int i = 0; i < list->count; i++) {
    const char *name = names[i % 5];
    snprintf(list->rows[i], ROW_BYTES, "%-20s %-8s %d   user.%06d@%s.example", name, i % 10 ? "User" : "Admin",
             2010 + i % 15, i + 1, places[i % 7]);
  }
}

static void draw_row(const struct list *list, int line, int row) {
  bool is_selected = row == list->cursor;
  attr_t look = !is_selected ? A_NORMAL : list->marks ? A_BOLD : A_REVERSE;
  attrset(look);
  mvaddstr(line, 0, list->marks && is_selected ? "\u25b8 " : "  ");
  addnstr(list->rows[row], COLS - 2);
  int column = getcurx(stdscr);
  if (column > 0) hline(' ' | look, COLS - column);
}

static void draw(struct list *list) {
  int height = LINES - 1;
  if (list->cursor < list->first) list->first = list->cursor;
  if (list->cursor >= list->first + height) list->first = list->cursor - height + 1;
  for (int line = 0; line < height && list->first + line < list->count; line++) draw_row(list, line, list->first + line);
  attrset(A_NORMAL);
  mvprintw(height, 0, "%d of %d", list->cursor + 1, list->count);
  clrtoeol();
  refresh();
}

/* Whether the list is still looked at. */
static bool take(struct list *list, int key) {
  int last = list->count - 1;
  switch (key) {
  case 'q': return false;
  case 'j': case KEY_DOWN: if (list->cursor < last) list->cursor++; break;
  case 'k': case KEY_UP: if (list->cursor > 0) list->cursor--; break;
  case 'g': list->cursor = 0; break;
  case 'G': list->cursor = last; break;
  case KEY_RESIZE: erase(); break;
  }
  return true;
}

int main(int argc, char **argv) {
  struct list list = {.count = argc > 2 ? atoi(argv[2]) : 2000, .marks = argc > 1 && !strcmp(argv[1], "mark")};
  list.rows = list.count > 0 ? malloc((size_t)list.count * ROW_BYTES) : NULL;
  if (!list.rows || argc < 2) {
    fputs("usage: curses-reference bar|mark [ROWS]\n", stderr);
    return 64;
  }
  fill(&list);
  setlocale(LC_ALL, "");
  initscr();
  raw();
  noecho();
  nonl();
  curs_set(0);
  set_escdelay(25);
  keypad(stdscr, TRUE);
  idlok(stdscr, TRUE);
  bool goes_on = true;
  while (goes_on) {
    draw(&list);
    timeout(-1);
    int key = getch();
    timeout(0);
    while (goes_on && key != ERR) {
      goes_on = take(&list, key);
      if (goes_on) key = getch();
    }
  }
  endwin();
  free(list.rows);
  return 0;
}
