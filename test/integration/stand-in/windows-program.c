// What the tests of the stand-in's Wine run: says how it was called, and does what its first argument names.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(int count, char **words) {
  char text[300];
  const char *task = count > 1 ? words[1] : "";
  if (strcmp(task, "arguments") == 0) {
    for (int i = 2; i < count; i++) printf("[%s]\n", words[i]);
  } else if (strcmp(task, "copy") == 0) {
    while (fgets(text, sizeof text, stdin) != NULL) printf("> %s", text);
    fprintf(stderr, "copied\n");
  } else if (strcmp(task, "exit") == 0) {
    return (int)strtoul(words[2], NULL, 0);
  } else if (strcmp(task, "where") == 0) {
    GetCurrentDirectoryA(sizeof text, text);
    printf("in %s\n", text);
    GetModuleFileNameA(NULL, text, sizeof text);
    printf("is %s\n", text);
    printf("%s", fopen(words[2], "rb") != NULL ? "reads\n" : "does not read\n");
  } else if (strcmp(task, "system") == 0) {
    fflush(stdout);
    printf("system: %d\n", system(words[2]));
  }
  return 0;
}
