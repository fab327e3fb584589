# PowerShell 7 and Windows PowerShell each have an edition of the assembly. Only commands of the engine itself are used
# here, so that the import brings in no other module and works where there is none. What can be done in the assembly is
# done there, since each line of script makes an import longer than it looks.
$edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$assembly = "$PSScriptRoot/bin/$edition/WixInbox.PowerShell.dll"
$module = Import-Module $assembly -PassThru

# An assembly stays loaded until the session ends. Where another version of it is, .NET takes that one for this without
# a word, or refuses this one.
if (-not $module -or $module.Version -ne [System.Reflection.AssemblyName]::GetAssemblyName($assembly).Version) {
    throw ('This session has already loaded another version of WixInbox, which PowerShell cannot unload. ' +
        'Start a new session, and import the module there.')
}
