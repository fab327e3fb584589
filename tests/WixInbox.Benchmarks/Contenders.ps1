# What is compared. Each way of sending runs in a process of its own. A line of the input is a number of rows: so many
# are sent, and a line of the output says what that took.
param(
    [string] $Way,
    [uri] $Server,
    [string] $Manifest,
    [string] $Folder,
    # A journal for all rounds. Without it, each has its own.
    [string] $Shared
)

$session = [Diagnostics.Stopwatch]::StartNew()
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# One after the other, as Import-Csv reads them, and each to a conversation of its own.
function Get-Row([int] $Count) {
    for ($number = 1; $number -le $Count; $number++) {
        if ($lookAt -contains $number) {
            # A rest: for ten seconds the module keeps the ids of what it has sent, which at 200 a minute are 33.
            [Threading.Thread]::Sleep(11000)
        }

        [pscustomobject]@{
            ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $number
            FirstName = 'Ada'
            Order = $number
        }
    }
}

$uri = "${Server}inbox/v2/messages"
$headers = @{ Authorization = 'token' }
$kept = $null

$ways = @{
    'module' = {
        Get-Row $count |
            Send-WixInboxMessage -Text { "Hi $($_.FirstName), order $($_.Order) is ready." } -ThrottleLimit 32
    }
    'module, one at a time' = {
        Get-Row $count |
            Send-WixInboxMessage -Text { "Hi $($_.FirstName), order $($_.Order) is ready." } -ThrottleLimit 1
    }
    'module, journal' = {
        Get-Row $count | Send-WixInboxMessage -Text {
            "Hi $($_.FirstName), order $($_.Order) is ready."
        } -ThrottleLimit 32 -Journal $journal
    }
    # With a session, which keeps the connection: the faster way to use it.
    'loop' = {
        foreach ($row in Get-Row $count) {
            $body = ConvertTo-Json -Compress -Depth 9 @{
                conversationId = $row.ConversationId
                message = @{
                    content = @{
                        previewText = "Hi $($row.FirstName)"
                        basic = @{ items = @(@{ text = "Hi $($row.FirstName), order $($row.Order) is ready." }) }
                    }
                    visibility = 'BUSINESS_AND_PARTICIPANT'
                    direction = 'BUSINESS_TO_PARTICIPANT'
                }
            }
            Invoke-RestMethod -Uri $uri -Method Post -Headers $headers -ContentType 'application/json' -Body $body -NoProxy -WebSession $kept
        }
    }
    'module, again' = {
        Get-Row $count | Send-WixInboxMessage -Text {
            "Hi $($_.FirstName), order $($_.Order) is ready."
        } -ThrottleLimit 32 -Journal $journal
    }
    'journal' = { Get-WixInboxJournal -LiteralPath $journal }
    'rows' = { Get-Row $count }
    'importing, module' = { Import-Module -Name $Manifest }
    'importing, empty' = { Import-Module -Name "$Folder/Empty/Empty.psd1" }
    'testing, module' = {
        Import-Csv -LiteralPath $file |
            Test-WixInboxMessage -Text { "Hi $($_.'First Name'), order $($_.Order) is ready." }
    }
    'reading, module' = { Import-WixInboxCsv -LiteralPath $file }
    'reading, Import-Csv' = { Import-Csv -LiteralPath $file }
    'parallel' = {
        Get-Row $count | ForEach-Object -ThrottleLimit 32 -Parallel {
            $body = ConvertTo-Json -Compress -Depth 9 @{
                conversationId = $_.ConversationId
                message = @{
                    content = @{
                        previewText = "Hi $($_.FirstName)"
                        basic = @{ items = @(@{ text = "Hi $($_.FirstName), order $($_.Order) is ready." }) }
                    }
                    visibility = 'BUSINESS_AND_PARTICIPANT'
                    direction = 'BUSINESS_TO_PARTICIPANT'
                }
            }
            Invoke-RestMethod -Uri $using:uri -Method Post -Headers $using:headers -ContentType 'application/json' -Body $body -NoProxy
        }
    }
}

# A file such as shops export, made once for each number of rows.
function Get-File([int] $Count) {
    $path = "$Folder/people-$Count.csv"
    if (-not [IO.File]::Exists($path)) {
        $writer = [IO.StreamWriter]::new($path)
        $writer.WriteLine('First Name,Last Name,Email,Phone,City,Country,Order,Note,Labels,Created')
        for ($number = 1; $number -le $Count; $number++) {
            $writer.WriteLine("Jürgen,Größe,juergen$number@example.com,+353 86 123 4567,Dublin,Ireland,$number,`"A note, with a comma`",Customers;Contacted,2026-01-10 16:35")
        }
        $writer.Dispose()
    }

    $path
}

if ($Way -in 'reading, module', 'testing, module', 'journal') {
    Import-Module -Name $Manifest
}
elseif ($Way -like 'module*') {
    Import-Module -Name $Manifest
    $token = [securestring]::new()
    'token'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
    Connect-WixInbox -AccessToken $token -Name own -BaseUri $Server -RequestsPerMinute 0 -NoProxy
}
else {
    Import-Module -Name Microsoft.PowerShell.Utility
    $kept = [Microsoft.PowerShell.Commands.WebRequestSession]::new()
}

$process = [Diagnostics.Process]::GetCurrentProcess()
$round = 0
while ($line = [Console]::In.ReadLine()) {
    [int] $count, [int[]] $lookAt = $line -split ' '
    $journal = $Shared ? $Shared : "$Folder/$PID-$((++$round)).jsonl"
    if ($lookAt) {
        # How much memory is in use when so many messages have come out.
        $seen = 0
        [Console]::Out.WriteLine(
            (@(. $ways[$Way] | ForEach-Object { if (++$seen -in $lookAt) { [GC]::GetTotalMemory($true) } }) -join ' '))
        continue
    }

    $file = if ($Way -like 'reading*' -or $Way -like 'testing*') { Get-File $count }
    if ($Way -eq 'module, again') {
        # What was not sent by an earlier round: the round itself finds that all of it was.
        . $ways[$Way] > $null
    }

    [GC]::Collect()
    $process.Refresh()
    $cpu = $process.TotalProcessorTime
    $before = $process.WorkingSet64
    $allocated = [GC]::GetTotalAllocatedBytes($true)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    # As a script does that pipes the messages on: kept in a variable, they would be what the collector works on.
    . $ways[$Way] > $null
    $watch.Stop()
    $process.Refresh()
    $peak = $process.PeakWorkingSet64
    $cpu = ($process.TotalProcessorTime - $cpu).TotalMilliseconds
    $allocated = [GC]::GetTotalAllocatedBytes($true) - $allocated
    [Console]::Out.WriteLine(
        "$($watch.Elapsed.TotalMilliseconds) $cpu $allocated $($session.Elapsed.TotalMilliseconds) $($peak - $before)")
}
