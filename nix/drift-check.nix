# `casement generate --check` as a derivation: fails, with the list of what differs, where the generated folder is not what the
# spec says. In its hash is what generate reads, and nothing else of the project: spec, Cygwin's lock, the files that the spec
# names (by the manifest, so without evaluating the spec) and the folder.
{ toolPkgs, casement }:
{
  # The project's folder, as a path.
  src,
  # The spec in it.
  spec ? "casement.yaml",
  # The generated folder in it; null: beside the spec, where generate writes.
  out ? null,
  # Further files that the spec reads: for TypeScript what it imports. Null: for TypeScript all of src, which may be more.
  files ? null,
}:
let
  inherit (toolPkgs) lib;
  besideSpec = file: if dirOf spec == "." then file else "${dirOf spec}/${file}";
  folder = if out == null then besideSpec "casement" else out;

  manifest = src + "/${folder}/casement.manifest.json";
  named =
    if builtins.pathExists manifest then (lib.importJSON manifest).sources or [ ] else [ ];
  more =
    if files != null then
      files
    else if lib.hasSuffix ".ts" spec then
      [ src ]
    else
      [ ];
  mayBeThere = path: lib.fileset.maybeMissing (src + "/${path}");
in
lib.throwIfNot (lib.isPath src)
  ''
    casement: driftCheck: src has to be a path, got a ${builtins.typeOf src}
      Write: casement.lib.driftCheck { src = ./.; }''
  (
    lib.throwIfNot (builtins.pathExists (src + "/${spec}")) ''
      casement: driftCheck: ${toString src}/${spec}: not found
        Name the spec: casement.lib.driftCheck { src = ./.; spec = "…"; }. A flake in git sees tracked files only: git add --intent-to-add ${spec}''
    (
      toolPkgs.runCommand "casement-drift-check"
        {
          project = lib.fileset.toSource {
            root = src;
            fileset = lib.fileset.unions (
              map mayBeThere (
                [
                  spec
                  folder
                  (besideSpec "cygwin.lock.json")
                ]
                ++ map besideSpec named
              )
              ++ more
            );
          };
          nativeBuildInputs = [ casement ];
          inherit spec folder;
        }
        ''
          cd "$project"
          casement generate --check "$spec" --out "$folder" >"$TMPDIR/said" 2>&1 || {
            cat "$TMPDIR/said" >&2
            echo "Run 'casement generate $spec --out $folder' and commit $folder. (A file that $spec has named since then is not seen here.)" >&2
            exit 1
          }
          cp "$TMPDIR/said" "$out"
        ''
    )
  )
