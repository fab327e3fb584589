# PowerShell 7 and Windows PowerShell each have an edition of the assembly. Only commands of the engine itself are used
# here, so that the import brings in no other module and works where there is none.
$edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$assembly = "$PSScriptRoot/bin/$edition/WixInbox.PowerShell.dll"

# An assembly stays loaded until the session ends. Where another version of it is, .NET either refuses this one, and the
# module would have no commands, or takes the other one for it without a word.
$loaded = 'WixInbox.WixInboxConnection' -as [type]
if ($loaded -and $loaded.Assembly.GetName().Version -ne [System.Reflection.AssemblyName]::GetAssemblyName($assembly).Version) {
    throw 'This session has already loaded another version of WixInbox, which PowerShell cannot unload. Start a new session, and import the module there.'
}

Import-Module $assembly

# The connections go with the module, and their secrets with them. The cmdlets keep them in variables of this module,
# and are gone before it is. In constrained language mode a script may not set this, and they stay open until the
# session ends.
if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
    $ExecutionContext.SessionState.Module.OnRemove = {
        $variables = $ExecutionContext.SessionState.PSVariable
        $named = $variables.GetValue('NamedConnections', @{})
        $count = 0
        foreach ($connection in @($variables.GetValue('DefaultConnection', $null)) + @($named.Values)) {
            if ($connection -and -not $connection.Closed) {
                $connection.Dispose()
                $count++
            }
        }

        if ($count) {
            & {
                [CmdletBinding()]
                param($Count)

                $PSCmdlet.WriteWarning("The module was removed, and with it its open connections: $Count. " +
                    'Connect-WixInbox makes them anew.')
            } $count
        }
    }
}
