/** For each shell the script that completes `asdic`: it asks `asdic completion SHELL --words -- WORDS…`, whose answer complete-words.ts describes. */
export const completionScripts = {
  bash: `# asdic's completion for bash; made by: asdic completion bash
_asdic() {
  local line directive="" current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $directive ]]; then
      directive=$line
    elif [[ $directive == - ]]; then
      COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <(asdic completion bash --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ $directive == files || $directive == folders ]] || return 0
  compopt -o filenames 2>/dev/null
  [[ $current == [=:@] ]] && current=""
  if [[ $directive == files ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
  else
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
  fi
}
complete -F _asdic asdic
`,
  zsh: `#compdef asdic
# asdic's completion for zsh; made by: asdic completion zsh
_asdic() {
  local -a lines candidates
  local line value
  lines=("\${(@f)$(asdic completion zsh --words -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${(@)lines[2,-1]}"; do
    value=\${line%%$'\\t'*}
    candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#candidates )) && _describe asdic candidates
  [[ $lines[1] == (files|folders) ]] && compset -P '--*='
  [[ $lines[1] == files ]] && _files
  [[ $lines[1] == folders ]] && _files -/
  return 0
}
if [[ $funcstack[1] == _asdic ]]; then
  _asdic "$@"
else
  compdef _asdic asdic
fi
`,
  fish: `# asdic's completion for fish; made by: asdic completion fish
function __asdic_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines (asdic completion fish --words -- $words "$current" 2>/dev/null)
    set -l directive $lines[1]
    set -e lines[1]
    test (count $lines) -gt 0; and printf '%s\\n' $lines
    switch "$directive"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
    end
end
complete -c asdic -f -a '(__asdic_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
