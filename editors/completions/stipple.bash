# SPDX-License-Identifier: Apache-2.0
# Completion of stipple for bash, made from the program's own tables by make docs.

_stipple_names() {
	stipple explain 2>/dev/null | while read -r id name rest; do echo "$id $name"; done
}

_stipple_switches() {
	echo error
	stipple explain 2>/dev/null | while read -r id name severity rest; do
		[ "$severity" = error ] || echo "$name no-$name error=$name"
	done
}

_stipple() {
	local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
	local options=--help endings=stip ending files
	# --fix=diff comes as three words.
	if [ "$current" = = ]; then
		current=
	elif [ "$before" = = ]; then
		before=${COMP_WORDS[COMP_CWORD-2]}
	elif [ "$before" = --fix ]; then
		before=
	fi
	if [ "$COMP_CWORD" = 1 ]; then
		COMPREPLY=($(compgen -W 'check why test read trace tables pack decompile handout card score po explain words --help --version' -- "$current"))
		return
	fi
	case ${COMP_WORDS[1]}:$before in
	*:-I) COMPREPLY=($(compgen -d -- "$current")); return ;;
	*:--policy) COMPREPLY=($(compgen -f -- "$current")); return ;;
	*:-W) COMPREPLY=($(compgen -W "$(_stipple_switches)" -- "$current")); return ;;
	*:--today) COMPREPLY=(); return ;;
	*:--diagnostics) COMPREPLY=($(compgen -W 'text json sarif' -- "$current")); return ;;
	*:--fix) COMPREPLY=($(compgen -W 'diff' -- "$current")); return ;;
	*:-o) COMPREPLY=($(compgen -f -- "$current")); return ;;
	*:--byte-order) COMPREPLY=($(compgen -W 'little big' -- "$current")); return ;;
	*:--form) COMPREPLY=($(compgen -W 'rows words' -- "$current")); return ;;
	*:--text) COMPREPLY=(); return ;;
	*:--sign) COMPREPLY=($(compgen -f -- "$current")); return ;;
	*:--counter) COMPREPLY=(); return ;;
	*:--protocol) COMPREPLY=(); return ;;
	*:--clinic) COMPREPLY=($(compgen -f -- "$current")); return ;;
	*:--lang) COMPREPLY=($(compgen -W 'ar de en es fr' -- "$current")); return ;;
	*:--visit) COMPREPLY=(); return ;;
	*:--given) COMPREPLY=(); return ;;
	*:--document) COMPREPLY=($(compgen -W 'handout prep aftercare checklist messages' -- "$current")); return ;;
	*:--front-matter) COMPREPLY=($(compgen -W 'yaml' -- "$current")); return ;;
	handout:--format) COMPREPLY=($(compgen -W 'md html fragment ics' -- "$current")); return ;;
	card:--format) COMPREPLY=($(compgen -W 'md html fragment' -- "$current")); return ;;
	trace:--format) COMPREPLY=($(compgen -W 'md csv json' -- "$current")); return ;;
	*:-MF) COMPREPLY=($(compgen -f -- "$current")); return ;;
	*:-MT) COMPREPLY=(); return ;;
	esac
	case ${COMP_WORDS[1]} in
	check) options='--help -I --policy -W --today --diagnostics --fix --lang' endings='stip' ;;
	why) options='--help -I --policy -W --today --protocol --given' endings='stip' ;;
	test) options='--help -I --policy -W --today --protocol --coverage' endings='stip' ;;
	read) options='--help -I --policy -W --today --protocol --clinic --visit' endings='stip' ;;
	trace) options='--help -I --policy -W --today --diagnostics -o --protocol --format -MD -MF -MT -MP' endings='stip' ;;
	tables) options='--help -I --policy -W --today --diagnostics -o --form --text -MD -MF -MT -MP' endings='stip' ;;
	pack) options='--help -I --policy -W --today --diagnostics -o --byte-order --text --sign --counter -MD -MF -MT -MP' endings='stip' ;;
	decompile) options='--help -o' endings='stpk' ;;
	handout) options='--help -I --policy -W --today --diagnostics -o --protocol --clinic --lang --visit --given --document --front-matter --large-print --format -MD -MF -MT -MP' endings='stip' ;;
	card) options='--help -I --policy -W --today --diagnostics -o --protocol --lang --given --format -MD -MF -MT -MP' endings='stip' ;;
	score) options='--help -I --policy -W --today --protocol --clinic --lang --visit' endings='stip' ;;
	po) options='--help -I --policy -W --today --diagnostics -o --clinic --lang' endings='stip po' ;;
	explain) options='--help --all' endings='stip' ;;
	words) options='--help' endings='stip' ;;
	esac
	case ${COMP_WORDS[1]}:$current in
	*:-*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
	explain:*) COMPREPLY=($(compgen -W "$(_stipple_names)" -- "$current")) ;;
	words:*) COMPREPLY=($(compgen -W 'zone product medicine activity procedure condition effect sign care indication factor device source protocol clinic language policy' -- "$current")) ;;
	*)
		files=$(compgen -d -- "$current"
			for ending in $endings; do
				compgen -f -X "!*.$ending" -- "$current"
			done)
		local IFS=$'\n'
		COMPREPLY=($files) ;;
	esac
}

complete -o filenames -F _stipple stipple
