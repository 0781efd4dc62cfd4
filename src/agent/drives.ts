import { guest } from "../contract/guest.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** The line on stdout that says the drives are there, and everything after it belongs to the command. */
export function mappedMarker(nonce: string): string {
  return `casement-session ${nonce} mapped`;
}

/** What both streams end with, and the body's status, when the command's outputs are packed; the drives are unmapped after it. */
export function endedMark(nonce: string): string {
  return `casement-session ${nonce} ended`;
}

/** Exit status of a session whose drives could not be mapped; told from a command's own status by the missing marker. */
export const notMappedStatus = 113;

/**
 * The command line of a login's one SSH channel: maps S: and X: in this login session (drive letters belong to one),
 * prints the marker, runs `body`, unmaps the drives and ends with body's status. What `net use` says comes on stdout before the
 * marker. What is to be prepared is done meanwhile: a guest that maps a drive waits for the controller most of the time.
 */
export function renderSession(session: {
  readonly layout: SessionLayout;
  readonly user: string;
  readonly password: string;
  readonly nonce: string;
  /** Commands of bash, with nothing on stdout and no end of the shell: what needs no drive, and what lies below the store. */
  readonly prepare?: { readonly first: string; readonly belowStore: string };
  /** A bash command. */
  readonly body: string;
  /** Whether both streams get the mark of the body's end. */
  readonly marksEnd?: boolean;
}): string {
  const {
    layout,
    user,
    password,
    nonce,
    prepare = { first: ":", belowStore: ":" },
    body,
    marksEnd = false,
  } = session;
  const mark = shellWord(endedMark(nonce));
  const map = (drive: string, share: string): string =>
    `map ${drive} ${shellWord(`\\\\${layout.server}\\${share}`)} ${shellWord(`/user:${user}`)} ${shellWord(password)}`;
  return `PATH=${shellWord(layout.path)}:$PATH
export PATH
map() {
  said=$(net use "$1" "$2" "$3" "$4" /persistent:no 2>&1 </dev/null) && return 0
  printf '%s\\n' "net use $1 $2 failed with $?: $said"
  exit ${notMappedStatus}
}
${map(guest.drives.store, guest.shares.store)} &
store=$!
${prepare.first}
wait "$store" || exit ${notMappedStatus}
${map(guest.drives.xchg, guest.shares.xchg)} &
xchg=$!
${prepare.belowStore}
wait "$xchg" || exit ${notMappedStatus}
for folder in ${shellWord(layout.store)} ${shellWord(`${layout.xchg}/run`)}; do
  if [ ! -d "$folder" ]; then
    printf '%s\\n' "drives are mapped, but $folder is not there; mounts: $(mount 2>&1)"
    exit ${notMappedStatus}
  fi
done
printf '%s\\n' ${shellWord(mappedMarker(nonce))}
${body}
status=$?
${marksEnd ? `printf '%s %s\\n' ${mark} "$status"\nprintf '%s %s\\n' ${mark} "$status" >&2\n` : ""}cd /
said=$(net use ${guest.drives.xchg} /delete /y 2>&1 </dev/null && net use ${guest.drives.store} /delete /y 2>&1 </dev/null) || {
  printf '%s\\n' "casement: the drives could not be unmapped: $said" >&2
  [ "$status" != 0 ] || status=${notUnmappedStatus}
}
exit "$status"
`;
}

/** Exit status of a session that went well until its drives could not be unmapped. */
export const notUnmappedStatus = 114;
