/* The reference for skydeck's figures: a minimal C program with ncurses that lets a person move through rows in memory.

   curses-reference bar|mark [ROWS | http://ADDRESS:PORT/PATH]

   bar: the row under the cursor is reversed. mark: it only has a mark before it, as with skydeck --low-bandwidth.
   The rows are generated, or those of a list of users that a service sends, shown while they arrive.
   Keys: j or Down, k or Up, g, G, / (type to filter; Enter or Esc ends), q. All pending keys are handled before the
   screen is drawn once. */
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "service.h"

static bool marks, is_typing;

static void fill(struct list *list, int count) {
  static const char *const names[] = {"Adele Moreau", "Bao Nguyen", "Chiara Rossi", "Dmitri Ivanov", "Efua Mensah"};
  static const char *const places[] = {"atelier", "bureau", "cadastre", "digue", "etude", "fonderie", "gare"};
  char row[120];
  for (int i = 0; i < count; i++) {
    int length = snprintf(
      row, sizeof row, "%-20s %-8s %d   user.%06d@%s.example", names[i % 5], i % 10 ? "User" : "Admin", 2010 + i % 15, i + 1,
      places[i % 7]);
    list_add(list, row, (size_t)length);
  }
}

static void draw_row(const struct list *list, int line, int row) {
  bool is_selected = row == list->cursor;
  attr_t look = is_selected && !marks ? A_REVERSE : A_NORMAL;
  attrset(look);
  mvaddstr(line, 0, marks && is_selected ? "\u25b8 " : "  ");
  addnstr(list_row(list, row), COLS - 2);
  int column = getcurx(stdscr);
  if (column > 0) hline(' ' | look, COLS - column);
}

static void draw(struct list *list, bool is_loading) {
  int height = LINES - 1, count = list_count(list);
  if (list->cursor < list->first) list->first = list->cursor;
  if (list->cursor >= list->first + height) list->first = list->cursor - height + 1;
  for (int line = 0; line < height; line++) {
    if (list->first + line < count) {
      draw_row(list, line, list->first + line);
    } else {
      attrset(A_NORMAL);
      move(line, 0);
      clrtoeol();
    }
  }
  attrset(A_NORMAL);
  mvprintw(height, 0, "%s%d of %d %s%s", is_loading ? "loading " : "", count ? list->cursor + 1 : 0, count,
           is_typing || list->filter_length ? "/" : "", list->filter);
  clrtoeol();
  refresh();
}

static void type(struct list *list, int key) {
  if (key == '\r' || key == '\n' || key == 27) is_typing = false;
  else if (key == KEY_BACKSPACE || key == 127) list_erase(list);
  else if (key >= ' ' && key < 127) list_type(list, (char)key);
}

/* Handles a key; returns false if it quits. */
static bool take(struct list *list, int key) {
  if (is_typing) {
    type(list, key);
    return true;
  }
  switch (key) {
  case 'q': return false;
  case 'j': case KEY_DOWN: list_move(list, list->cursor + 1); break;
  case 'k': case KEY_UP: list_move(list, list->cursor - 1); break;
  case 'g': list_move(list, 0); break;
  case 'G': list_move(list, list_count(list) - 1); break;
  case '/': is_typing = true; break;
  case KEY_RESIZE: erase(); break;
  }
  return true;
}

static void begin(void) {
  setlocale(LC_ALL, "");
  initscr();
  raw();
  noecho();
  nonl();
  curs_set(0);
  set_escdelay(25);
  keypad(stdscr, TRUE);
  idlok(stdscr, TRUE);
  timeout(0);
}

int main(int argc, char **argv) {
  struct list list = {0};
  struct service service = {.socket = -1};
  const char *rows = argc > 2 ? argv[2] : "2000";
  bool is_loading = !strncmp(rows, "http://", 7);
  if (argc < 2 || (!is_loading && atoi(rows) < 1)) {
    fputs("usage: curses-reference bar|mark [ROWS | http://ADDRESS:PORT/PATH]\n", stderr);
    return 64;
  }
  marks = !strcmp(argv[1], "mark");
  if (!is_loading) fill(&list, atoi(rows));
  if (is_loading && !service_ask(&service, rows)) {
    fprintf(stderr, "nobody answers at %s\n", rows);
    return 69;
  }
  begin();
  for (bool goes_on = true; goes_on;) {
    draw(&list, is_loading);
    struct pollfd ready[] = {{0, POLLIN, 0}, {is_loading ? service.socket : -1, POLLIN, 0}};
    poll(ready, 2, -1);
    if (ready[1].revents) is_loading = service_read(&service, &list);
    for (int key; goes_on && (key = getch()) != ERR;) goes_on = take(&list, key);
  }
  endwin();
  return 0;
}
