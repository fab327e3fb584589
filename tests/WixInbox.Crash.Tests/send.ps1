# What a user types, and types again after the power has gone: sends the rows of a file, with a journal beside it.
param([string] $Folder, [uri] $Address, [string] $Journal)

$ErrorActionPreference = 'Stop'
Import-Module -Name WixInbox
$token = ConvertTo-SecureString -String t -AsPlainText -Force
$site = @{ BaseUri = $Address; RequestsPerMinute = 0; TimeoutSec = 5; NoProxy = $true; InformationAction = 'Ignore' }
Connect-WixInbox -AccessToken $token -Name own @site
$sending = @{
    Journal             = $Journal
    # The server of this test is done with a request that was given up within milliseconds.
    ReconcileWaitSec    = 0.5
    # What was not sent is sent by the next start.
    ErrorAction         = 'SilentlyContinue'
    InformationAction   = 'Ignore'
    WarningAction       = 'Ignore'
    InformationVariable = 'ended'
}
Import-Csv -LiteralPath "$Folder/rows.csv" -Encoding utf8 | Send-WixInboxMessage @sending | Out-Null
$run = $ended.MessageData | Where-Object Rows -GT 0
exit [int] ($run.Failed + $run.NotTried -gt 0)
