# What a user has at a terminal: a prompt, and runs that wait in the way that is named until Ctrl+C is pressed.
param([string] $Manifest, [string] $Folder, [uri] $Site)

Remove-Module -Name PSReadLine -ErrorAction Ignore
Import-Module -Name $Manifest
$token = ConvertTo-SecureString -String t -AsPlainText -Force
$file = Join-Path $Folder 'file.txt'
[IO.File]::WriteAllText($file, 'text')

function Get-Row([string] $Way, [int] $Press) {
    foreach ($number in 1..30) {
        $row = @{ Text = "Press $Press, row $number." }
        if ($Way -eq 'look-up') {
            $row.Email = "press$Press.row$number@example.com"
        } else {
            $row.ConversationId = '5f0c7f3e-6f0e-4d3c-{0:x4}-{1:x12}' -f $Press, $number
        }
        if ($Way -eq 'upload') { $row.FilePath = $file }
        [pscustomobject] $row
    }
}

# With -Calm the site answers, and the run comes to its end.
function run([string] $Way, [int] $Press, [switch] $Journal, [switch] $Calm) {
    if ($Way -eq 'control') {
        for ($number = 1; ; $number++) {
            Write-Progress -Activity control -Status $number
            Start-Sleep -Milliseconds 250
        }
    }

    $connecting = @{
        Name              = 'own'
        BaseUri           = $Site
        RequestsPerMinute = if ($Way -eq 'pace' -and -not $Calm) { 2 } else { 0 }
        TimeoutSec        = if ($Calm) { 30 } else { 3600 }
        NoProxy           = $true
        InformationAction = 'Ignore'
    }
    if ($Way -eq 'sign-in' -and -not $Calm) {
        $connecting.TokenProvider = { while ($true) { Start-Sleep -Milliseconds 50 } }
    } else {
        $connecting.AccessToken = $token
    }
    $sending = @{ ExpectedCount = 30; ReconcileWaitSec = if ($Calm) { 0.5 } else { 0 } }
    if ($Journal) { $sending.Journal = Join-Path $Folder "$Press.jsonl" }
    Connect-WixInbox @connecting
    Get-Row $Way $Press | Send-WixInboxMessage @sending
}

$prompts = 0
function prompt { "<$((++$global:prompts))> " }
Clear-Host
