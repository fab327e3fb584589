# PowerShell 7 and Windows PowerShell each have an edition of the assembly. Only commands of the engine itself are used here, so that the import brings in
# no other module and works where there is none.
$edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$assembly = "$PSScriptRoot/bin/$edition/WixInbox.PowerShell.dll"

# An assembly stays loaded until the session ends. Where another version of it is, .NET either refuses this one, and the module would have no commands, or
# takes the other one for it without a word.
$loaded = 'WixInbox.WixInboxConnection' -as [type]
if ($loaded -and $loaded.Assembly.GetName().Version -ne [System.Reflection.AssemblyName]::GetAssemblyName($assembly).Version) {
    throw 'This session has already loaded another version of WixInbox, which PowerShell cannot unload. Start a new session, and import the module there.'
}

Import-Module $assembly
