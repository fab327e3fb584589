@{
    RootModule = if ($PSEdition -eq 'Core') {
        'bin/net8.0/WixInbox.PowerShell.dll'
    }
    else {
        'bin/net472/WixInbox.PowerShell.dll'
    }
    ModuleVersion = '0.1.0'
    CompatiblePSEditions = @('Desktop', 'Core')
    GUID = 'a2726ccb-c7da-4b69-99ae-8d513774ed71'
    Author = 'The WixInbox authors'
    CompanyName = 'The WixInbox authors'
    Copyright = '(c) The WixInbox authors. MIT license.'
    Description = 'Sends messages to the Inbox of a Wix site: one typed message object for each row of a CSV that was sent, one error record for each that was not.'
    PowerShellVersion = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess = @('WixInbox.Format.ps1xml')
    TypesToProcess = @('WixInbox.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @(
        'Connect-WixInbox'
        'Disconnect-WixInbox'
        'Export-WixInboxReport'
        'Get-WixInboxConnection'
        'Get-WixInboxContact'
        'Get-WixInboxConversation'
        'Get-WixInboxJournal'
        'Get-WixInboxMessage'
        'Import-WixInboxCsv'
        'Import-WixInboxMedia'
        'Resolve-WixInboxConversation'
        'Select-WixInboxConnection'
        'Send-WixInboxMessage'
        'Show-WixInboxMessage'
        'Test-WixInboxConnection'
        'Test-WixInboxMessage'
    )
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            ProjectUri = 'https://github.com/wixinbox/WixInbox'
            LicenseUri = 'https://github.com/wixinbox/WixInbox/blob/main/LICENSE'
            ReleaseNotes = 'https://github.com/wixinbox/WixInbox/blob/main/CHANGELOG.md'
            Tags = @(
                'Wix', 'Inbox', 'Message', 'Bulk', 'CSV', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux',
                'MacOS'
            )
        }
    }
}
