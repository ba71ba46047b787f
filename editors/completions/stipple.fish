# SPDX-License-Identifier: Apache-2.0
# Completion of stipple for fish, made from the program's own tables by make docs.

function __stipple_names
	stipple explain 2>/dev/null | while read -l id name rest
		echo $id
		echo $name
	end
end

function __stipple_switches
	echo error
	stipple explain 2>/dev/null | while read -l id name severity rest
		if test $severity != error
			printf '%s\n' $name no-$name error=$name
		end
	end
end

complete -c stipple -n '__fish_use_subcommand' -f
complete -c stipple -n '__fish_use_subcommand' -a check -d 'validate protocols and say what is wrong'
complete -c stipple -n '__fish_seen_subcommand_from check' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from check' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from check' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from check' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from check' -l diagnostics -x -a 'text json sarif' -d 'how to say what is wrong; json and sarif go to standard output'
complete -c stipple -n '__fish_seen_subcommand_from check' -l fix -f -a 'diff' -d 'mend in the files what can be mended; =diff only shows the changes'
complete -c stipple -n '__fish_use_subcommand' -a why -d 'show the range of a setting and the statements that made it'
complete -c stipple -n '__fish_seen_subcommand_from why' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from why' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from why' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from why' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from why' -l protocol -x -d 'only this protocol of the files'
complete -c stipple -n '__fish_seen_subcommand_from why' -l given -x -d 'what is known of the client: skin_type=VI,session=1'
complete -c stipple -n '__fish_use_subcommand' -a test -d 'run the tests that stand in the files'
complete -c stipple -n '__fish_seen_subcommand_from test' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from test' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from test' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from test' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from test' -l protocol -x -d 'only this protocol of the files'
complete -c stipple -n '__fish_seen_subcommand_from test' -l coverage -d 'tell what no test has touched'
complete -c stipple -n '__fish_use_subcommand' -a tables -d 'write the device\'s tables as BASE.c and BASE.h'
complete -c stipple -n '__fish_seen_subcommand_from tables' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from tables' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from tables' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from tables' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from tables' -s o -r -d 'where the output goes; - is standard output'
complete -c stipple -n '__fish_seen_subcommand_from tables' -o MD -d 'write a depfile for make or ninja beside the output'
complete -c stipple -n '__fish_seen_subcommand_from tables' -o MF -r -d 'where the depfile goes'
complete -c stipple -n '__fish_seen_subcommand_from tables' -o MT -x -d 'the target that the depfile names'
complete -c stipple -n '__fish_seen_subcommand_from tables' -o MP -d 'add an empty rule for each file, so that one may be deleted'
complete -c stipple -n '__fish_use_subcommand' -a pack -d 'write the device\'s tables as one file that a device can be given'
complete -c stipple -n '__fish_seen_subcommand_from pack' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from pack' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from pack' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from pack' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from pack' -s o -r -d 'where the output goes; - is standard output'
complete -c stipple -n '__fish_seen_subcommand_from pack' -l byte-order -x -a 'little big' -d 'of the machine that reads the pack: little unless said'
complete -c stipple -n '__fish_seen_subcommand_from pack' -l sign -x -d 'sign with this Ed25519 private key'
complete -c stipple -n '__fish_seen_subcommand_from pack' -l counter -x -d 'the rollback counter that is signed; it never sinks'
complete -c stipple -n '__fish_seen_subcommand_from pack' -o MD -d 'write a depfile for make or ninja beside the output'
complete -c stipple -n '__fish_seen_subcommand_from pack' -o MF -r -d 'where the depfile goes'
complete -c stipple -n '__fish_seen_subcommand_from pack' -o MT -x -d 'the target that the depfile names'
complete -c stipple -n '__fish_seen_subcommand_from pack' -o MP -d 'add an empty rule for each file, so that one may be deleted'
complete -c stipple -n '__fish_use_subcommand' -a handout -d 'write what a client takes home'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from handout' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from handout' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from handout' -s o -r -d 'where the output goes; - is standard output'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l protocol -x -d 'only this protocol of the files'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l clinic -r -d 'the clinic that publishes the handout'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l lang -x -d 'language of the sheet: en unless said'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l visit -x -d 'the visit, so that limits become dates: 2026-12-01T10:00'
complete -c stipple -n '__fish_seen_subcommand_from handout' -l format -x -a 'md html' -d 'md unless said'
complete -c stipple -n '__fish_seen_subcommand_from handout' -o MD -d 'write a depfile for make or ninja beside the output'
complete -c stipple -n '__fish_seen_subcommand_from handout' -o MF -r -d 'where the depfile goes'
complete -c stipple -n '__fish_seen_subcommand_from handout' -o MT -x -d 'the target that the depfile names'
complete -c stipple -n '__fish_seen_subcommand_from handout' -o MP -d 'add an empty rule for each file, so that one may be deleted'
complete -c stipple -n '__fish_use_subcommand' -a card -d 'write the clinician\'s settings card'
complete -c stipple -n '__fish_seen_subcommand_from card' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from card' -s I -x -a '(__fish_complete_directories)' -d 'look for imports in DIR too; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from card' -l policy -r -d 'the policies in FILE hold for every protocol; std/policies/baseline is shipped; may be repeated'
complete -c stipple -n '__fish_seen_subcommand_from card' -s W -x -a '(__stipple_switches)' -d 'error=NAME: make it an error; no-NAME: switch it off; error: all that is said is an error'
complete -c stipple -n '__fish_seen_subcommand_from card' -s o -r -d 'where the output goes; - is standard output'
complete -c stipple -n '__fish_seen_subcommand_from card' -l protocol -x -d 'only this protocol of the files'
complete -c stipple -n '__fish_seen_subcommand_from card' -o MD -d 'write a depfile for make or ninja beside the output'
complete -c stipple -n '__fish_seen_subcommand_from card' -o MF -r -d 'where the depfile goes'
complete -c stipple -n '__fish_seen_subcommand_from card' -o MT -x -d 'the target that the depfile names'
complete -c stipple -n '__fish_seen_subcommand_from card' -o MP -d 'add an empty rule for each file, so that one may be deleted'
complete -c stipple -n '__fish_use_subcommand' -a explain -d 'tell what a message means and what to do'
complete -c stipple -n '__fish_seen_subcommand_from explain' -l help -d 'show this help'
complete -c stipple -n '__fish_seen_subcommand_from explain' -l all -d 'everything, as Markdown'
complete -c stipple -n '__fish_seen_subcommand_from explain' -f -a '(__stipple_names)'
