// exit-code.exe FILE PROGRAM [ARGUMENT...]: runs PROGRAM (a Windows path) on the same files as this one, and writes its exit
// code into FILE as decimal digits: Linux keeps 8 of its 32 bits. Ends with 0 then, and with Windows' error where PROGRAM
// could not be started. Made without the C runtime, which would take as long to start as Wine itself.
#include <windows.h>

// A word ends at a blank outside of quotes.
static WCHAR *end_of_word(WCHAR *text) {
  BOOL quoted = FALSE;
  for (; *text != 0 && (quoted || *text != ' '); text++)
    if (*text == '"') quoted = !quoted;
  return text;
}

static WCHAR *next_word(WCHAR *text) {
  text = end_of_word(text);
  while (*text == ' ') text++;
  return text;
}

static void write_number(HANDLE file, DWORD number) {
  char digits[10];
  int at = sizeof digits;
  DWORD written;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number != 0);
  WriteFile(file, digits + at, sizeof digits - at, &written, NULL);
}

static STARTUPINFOW startup;
static PROCESS_INFORMATION process;

void start(void) {
  WCHAR *name = next_word(GetCommandLineW());
  WCHAR *command = next_word(name);
  DWORD code = 0;
  HANDLE file;
  *end_of_word(name) = 0;
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  startup.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) ExitProcess(GetLastError());
  // Wine gives no process for a file that it has left to Linux.
  if (WaitForSingleObject(process.hProcess, INFINITE) != WAIT_OBJECT_0) ExitProcess(ERROR_BAD_EXE_FORMAT);
  GetExitCodeProcess(process.hProcess, &code);
  file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  write_number(file, code);
  CloseHandle(file);
  ExitProcess(0);
}
