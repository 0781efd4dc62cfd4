/* Stands in for a Windows program under Wine: appends its name and command line to C:\calls.log, then looks for the first
   line of C:\answers.txt, `CODE|PART OF THE CALL|OUTPUT`, that fits; prints OUTPUT and ends with CODE, else with 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static const char *arguments(const char *line) {
  if (*line == '"') {
    line = strchr(line + 1, '"');
    line = line ? line + 1 : "";
  } else {
    while (*line && *line != ' ') line++;
  }
  while (*line == ' ') line++;
  return line;
}

int main(void) {
  char path[MAX_PATH], call[4096], line[4096];
  GetModuleFileNameA(NULL, path, sizeof path);
  char *name = strrchr(path, '\\') + 1;
  char *dot = strrchr(name, '.');
  if (dot) *dot = 0;
  snprintf(call, sizeof call, "%s %s", name, arguments(GetCommandLineA()));
  FILE *log = fopen("C:\\calls.log", "ab");
  if (!log) return 99;
  fprintf(log, "%s\n", call);
  fclose(log);
  FILE *answers = fopen("C:\\answers.txt", "rb");
  if (!answers) return 0;
  while (fgets(line, sizeof line, answers)) {
    line[strcspn(line, "\r\n")] = 0;
    char *part = strchr(line, '|');
    char *output = part ? strchr(part + 1, '|') : NULL;
    if (!output) return 98;
    *part++ = 0;
    *output++ = 0;
    if (!strstr(call, part)) continue;
    if (*output) printf("%s\n", output);
    return (int)strtoul(line, NULL, 10);
  }
  return 0;
}
