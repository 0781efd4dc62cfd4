#include <stdio.h>

int main(int argc, char **argv) {
  char name[64];
  FILE *settings = fopen(argc > 1 ? argv[1] : "greet.conf", "r");
  if (settings == NULL || fscanf(settings, "%63s", name) != 1) {
    fputs("greet: no name in the settings\n", stderr);
    return 1;
  }
  printf("Hello, %s.\n", name);
  return 0;
}
