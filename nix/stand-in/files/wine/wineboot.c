// wineboot.exe in the place of Wine's, which starts services and a desktop that nothing here asks for, and takes seconds.
//   wineboot --init   what Wine starts before the first of its programs: nothing to do
//   wineboot FILE     makes FILE and stays: while it runs, Wine takes a program for the second one
#include <windows.h>
#include <winternl.h>

NTSTATUS NTAPI NtCreateEvent(PHANDLE, ACCESS_MASK, const OBJECT_ATTRIBUTES *, int type, BOOLEAN state);

static WCHAR name[] = L"\\KernelObjects\\__wineboot_event";
static UNICODE_STRING path = {sizeof name - sizeof *name, sizeof name, name};
static OBJECT_ATTRIBUTES attributes = {.Length = sizeof attributes, .ObjectName = &path};

void start(void) {
  const int notification = 0;
  HANDLE event;
  WCHAR *word = GetCommandLineW();
  while (*word != 0 && *word != ' ') word++;
  while (*word == ' ') word++;
  if (*word == '-') ExitProcess(0);
  NtCreateEvent(&event, EVENT_ALL_ACCESS, &attributes, notification, TRUE);
  CloseHandle(CreateFileW(word, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
  Sleep(INFINITE);
}
