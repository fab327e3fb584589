# PowerShell 7 and Windows PowerShell each have an edition of the assembly. Only commands of the engine itself are used here, so that the import brings in
# no other module and works where there is none.
$edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
try {
    Import-Module "$PSScriptRoot/bin/$edition/WixInbox.PowerShell.dll"
}
catch [System.IO.FileLoadException] {
    # Thrown on: otherwise the import would end well, and leave a module without commands.
    if ('WixInbox.WixInboxConnection' -as [type]) {
        throw 'This session has already loaded another version of WixInbox, which PowerShell cannot unload. Start a new session, and import the module there.'
    }

    throw
}
