# PowerShell 7 and Windows PowerShell each have an edition of the assembly. Nothing but the engine's own commands is used here, so that the import
# brings in no other module and works where there are none.
$edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
Import-Module "$PSScriptRoot/bin/$edition/WixInbox.PowerShell.dll"
