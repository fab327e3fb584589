BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # A CSV as a user has it: an order, a conversation and a name.
    function New-OrderCsv {
        param([int] $Count = 10)

        $path = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).csv"
        New-Row -Number (1..$Count) |
            Select-Object -Property @{ Name = 'Order'; Expression = { $_.Name -replace 'name', 'A-' } }, Name,
                ConversationId | Export-Csv -LiteralPath $path
        $path
    }
}

Describe 'Send-WixInboxMessage -Journal' {
    BeforeEach {
        $inbox = Connect-MockInbox
        $csv = New-OrderCsv
        $journal = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).jsonl"
        $send = @{ Text = { "Hi $($_.Name)." }; Journal = $journal }
        $all = 1..10 | ForEach-Object -Process { "Hi name$_." } | Sort-Object
    }

    AfterEach {
        Disconnect-WixInbox
    }

    Context 'a run that is cut off' {
        It 'sends the rest when the same line is typed again' {
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 | Select-Object -First 4 |
                Should -HaveCount 4
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send | Should -HaveCount 6
            Get-SentText -Inbox $inbox | Sort-Object | Should -Be $all
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 10
        }

        It 'gives all messages back with -IncludeAlreadySent, for a report of the whole file' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 | Select-Object -First 4
            $report = Join-Path -Path $TestDrive -ChildPath report.csv
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -IncludeAlreadySent |
                Select-Object -Property Id, ConversationId, CreatedDate, Delivery,
                    @{ Name = 'Text'; Expression = { $_.Content.Basic.Items[0].Text } } |
                Export-Csv -LiteralPath $report
            $lines = Import-Csv -LiteralPath $report
            $lines.Text | Should -Be (1..10 | ForEach-Object -Process { "Hi name$_." })
            $lines.Id | Sort-Object | Should -Be (1..10 | ForEach-Object -Process { "$(1700000000000000 + $_)" })
            $lines.Id[0..3] | Should -Be (1..4 | ForEach-Object -Process { "$(1700000000000000 + $_)" })
            $lines.Delivery | Should -Be (@('Journaled') * 4 + @('Sent') * 6)
            $lines.CreatedDate | Should -Not -Contain ''
        }
    }
}
