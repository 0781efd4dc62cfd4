/**
 * `native PROGRAM [ARGUMENT…]`, a command of the session: runs a Windows program and keeps its whole exit code. bash
 * keeps 8 of its 32 bits, so that 256 would read as success. The program is started by a batch file, whose
 * %errorlevel% has all bits. A code over 255 is printed whole on stderr; the command's own status is the code's low
 * byte, and 1 where that byte is 0 and the code is not.
 *
 * Arguments arrive as they are: quoted for the C runtime's parser (backslashes before a quote doubled), then each
 * character that cmd.exe would read gets a caret, and % is doubled. cmd.exe cannot hand on a line break. A batch file
 * reads its arguments a second time, so those with a quote or a percent sign are refused for it.
 * Variables: CASEMENT_RUN and CASEMENT_RUN_NATIVE name the folder of the session for bash and for Windows.
 * In the text below @{ stands for bash's dollar and brace, which TypeScript would read.
 */
export const nativeCommand = String.raw`#!/bin/bash
set -u
refuse() { printf 'native: %s\n' "$1" >&2; exit 126; }
[ $# -gt 0 ] || { echo 'usage: native PROGRAM [ARGUMENT...]: runs a Windows program, keeps its whole exit code' >&2; exit 2; }

case $1 in */*) [ -f "$1" ] && program=$1 ;; *) program=$(command -v -- "$1") ;; esac || { printf 'native: %s: not found on PATH\n' "$1" >&2; exit 127; }
program=$(cygpath -w -a -- "$program") || refuse "$1: cygpath failed"
case $program in *'"'*) refuse "$1: a program's path cannot hold a quote" ;; esac
shift

# Quotes $1 the way the C runtime reads it back.
pattern='^([^\"]*)(\\*)("?)'
quote_for_program() {
  # Plain words stay as they are: cmd.exe looks for its own options outside of quotes.
  case $1 in '' | *[!A-Za-z0-9_./:=,+\\-]*) ;; *) quoted=$1; return ;; esac
  local rest=$1 text='"' backslashes
  while [[ $rest =~ $pattern ]] && [ -n "@{BASH_REMATCH[0]}" ]; do
    backslashes=@{BASH_REMATCH[2]}
    text+=@{BASH_REMATCH[1]}$backslashes
    rest=@{rest:@{#BASH_REMATCH[0]}}
    if [ -n "@{BASH_REMATCH[3]}" ]; then text+=$backslashes'\"'; elif [ -z "$rest" ]; then text+=$backslashes; fi
  done
  quoted=$text'"'
}

# Keeps cmd.exe from reading anything in $1: it stays outside quotes, and every special character has a caret.
caret() {
  local text=$1 i c
  careted=
  for ((i = 0; i < @{#text}; i++)); do
    c=@{text:i:1}
    case $c in
      '%') careted+=%% ;;
      [\"^\&\|\<\>\(\)!]) careted+=^$c ;;
      *) careted+=$c ;;
    esac
  done
}

is_ascii() {
  local LC_ALL=C
  [[ $1 != *[!\ -~]* ]]
}

case @{program,,} in
  *.cmd | *.bat) batch=1; line='"'$program'"'; case $program in *[%^!]*) refuse "$program: a batch file's path cannot hold % ^ or !" ;; esac ;;
  *) batch=; line='"'@{program//%/%%}'"' ;;
esac
ascii=1
for argument; do
  case $argument in
    *$'\n'* | *$'\r'*) refuse "an argument cannot hold a line break on Windows, got $(printf %q "$argument")" ;;
  esac
  is_ascii "$argument" || ascii=
  if [ -n "$batch" ]; then
    case $argument in *[\"%^!]*) refuse "a batch file's argument cannot hold \" % ^ or !, got $argument" ;; esac
    line+=' "'$argument'"'
  else
    quote_for_program "$argument"
    caret "$quoted"
    line+=' '$careted
  fi
done

# A batch file runs in a cmd.exe of its own (/s: takes off the outer quotes), so that its exit does not end ours.
if [ -n "$batch" ]; then
  caret "\"$line\""
  line='"%ComSpec%" /d /s /c '$careted
fi
# cmd.exe cuts longer lines.
[ @{#line} -le 8000 ] || refuse "the arguments are too long for cmd.exe (8000 characters), got @{#line}"
name=native-$$-$RANDOM
batch_file=$CASEMENT_RUN/$name.cmd
code_file=$CASEMENT_RUN/$name.code
trap 'rm -f "$batch_file" "$code_file"' EXIT
{
  printf '@echo off\r\nsetlocal DisableDelayedExpansion\r\n'
  [ -n "$ascii" ] || printf 'chcp 65001 >nul\r\n'
  printf '%s\r\n' "$line"
  printf '>"%%~dpn0.code" echo %%errorlevel%%\r\n'
} >"$batch_file" || refuse "$batch_file: could not be written"

cmd /d /c "$CASEMENT_RUN_NATIVE\\$name.cmd"
status=$?
code=
[ ! -f "$code_file" ] || code=$(tr -cd '0-9-' <"$code_file")
[ -n "$code" ] || { printf 'native: %s left no exit code (cmd ended with %s)\n' "$program" "$status" >&2; [ "$status" != 0 ] || status=1; exit "$status"; }
code=$((code & 0xffffffff))
if [ "$code" -gt 255 ]; then printf 'native: %s: exit code %s (0x%08X)\n' "$program" "$code" "$code" >&2; fi
status=$((code & 255))
[ "$code" = 0 ] || [ "$status" != 0 ] || status=1
exit "$status"
`.replaceAll("@{", "${");
