// start.exe in the place of Wine's, which Wine calls as "start.exe /exec FILE …" for what it cannot run itself: says so, and ends
// with the code of a shell that cannot execute a file.
#include <windows.h>

static char text[4096];

void start(void) {
  static const char reason[] = ": not a program for Windows on amd64, which is what runs here\r\n";
  WCHAR *line = GetCommandLineW();
  DWORD written;
  int length;
  while (*line != 0 && !(line[0] == '/' && line[1] == 'e')) line++;
  while (*line != 0 && *line != ' ') line++;
  length = WideCharToMultiByte(CP_UTF8, 0, line, -1, text, sizeof text, NULL, NULL);
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), "stand-in:", 9, &written, NULL);
  if (length > 1) WriteFile(GetStdHandle(STD_ERROR_HANDLE), text, length - 1, &written, NULL);
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), reason, sizeof reason - 1, &written, NULL);
  ExitProcess(126);
}
