/* Starts the command line in C:\command.txt as Windows Setup starts a Path: by CreateProcess, untouched. Ends with its code. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

int main(void) {
  char line[2048];
  FILE *file = fopen("C:\\command.txt", "rb");
  if (!file || !fgets(line, sizeof line, file)) return 99;
  line[strcspn(line, "\r\n")] = 0;
  STARTUPINFOA startup = {sizeof startup};
  PROCESS_INFORMATION process;
  if (!CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) return 98;
  WaitForSingleObject(process.hProcess, INFINITE);
  DWORD code = 97;
  GetExitCodeProcess(process.hProcess, &code);
  return (int)code;
}
