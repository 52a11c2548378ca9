# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_keyfob_global_optspecs
    string join \n h/help V/version
end

function __fish_keyfob_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_keyfob_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_keyfob_using_subcommand
    set -l cmd (__fish_keyfob_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c keyfob -n "__fish_keyfob_needs_command" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_needs_command" -s V -l version -d 'Print version'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "list" -d 'List the connections and how they stand'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "token" -d 'Print an access token that is good for a while'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "refresh" -d 'Fetch a new access token, whatever is left of the old one'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "test" -d 'Make a harmless call to Cliq and say whether it works'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "revoke" -d 'End the tokens at Zoho and delete the connection'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "doctor" -d 'Look at what Keyfob needs of this computer: links, keyring, tray, browser, network, clock, proxy'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "verify-zoho" -d 'Ask a live Zoho account what only it can settle'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c keyfob -n "__fish_keyfob_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keyfob -n "__fish_keyfob_using_subcommand list" -l json -d 'As a JSON array'
complete -c keyfob -n "__fish_keyfob_using_subcommand list" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_using_subcommand token" -l format -d 'What to print' -r -f -a "token\t'The token alone'
header\t'An Authorization header'
env\t'Lines of a .env file'
json\t'A JSON object'
curl\t'A curl command that reads one\'s own status'"
complete -c keyfob -n "__fish_keyfob_using_subcommand token" -l min-valid -d 'How long it has to be good for: 90s, 5m, 1h; 59m at most' -r
complete -c keyfob -n "__fish_keyfob_using_subcommand token" -l fresh -d 'Fetch a new one first, whatever is left of the old one: for when Cliq answered 401'
complete -c keyfob -n "__fish_keyfob_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keyfob -n "__fish_keyfob_using_subcommand refresh" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_using_subcommand test" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keyfob -n "__fish_keyfob_using_subcommand doctor" -l json -d 'As a JSON array'
complete -c keyfob -n "__fish_keyfob_using_subcommand doctor" -l log -d 'Instead, print what Keyfob handled lately: kinds of events and problems, no names and no secrets'
complete -c keyfob -n "__fish_keyfob_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_using_subcommand verify-zoho" -l report -d 'Write the report to this file as well; it must not be there yet' -r -F
complete -c keyfob -n "__fish_keyfob_using_subcommand verify-zoho" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keyfob -n "__fish_keyfob_using_subcommand completions" -s h -l help -d 'Print help'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "list" -d 'List the connections and how they stand'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "token" -d 'Print an access token that is good for a while'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "refresh" -d 'Fetch a new access token, whatever is left of the old one'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "test" -d 'Make a harmless call to Cliq and say whether it works'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "revoke" -d 'End the tokens at Zoho and delete the connection'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "doctor" -d 'Look at what Keyfob needs of this computer: links, keyring, tray, browser, network, clock, proxy'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "verify-zoho" -d 'Ask a live Zoho account what only it can settle'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "completions" -d 'Print completions for a shell'
complete -c keyfob -n "__fish_keyfob_using_subcommand help; and not __fish_seen_subcommand_from list token refresh test revoke doctor verify-zoho completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
