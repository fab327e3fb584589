BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # A CSV as a user has it: an order, a conversation and a name.
    function New-OrderCsv {
        param([int] $Count = 10)

        $path = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).csv"
        New-Row -Number (1..$Count) | Select-Object -Property @{ Name = 'Order'; Expression = { $_.Name -replace 'name', 'A-' } }, Name, ConversationId | Export-Csv -LiteralPath $path
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
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 | Select-Object -First 4 | Should -HaveCount 4
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send | Should -HaveCount 6
            Get-SentText -Inbox $inbox | Sort-Object | Should -Be $all
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 10
        }

        It 'sends the rest after an answer that every row would get, that row with it' {
            $inbox.Answer('name3.', 401, '')
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 } | Should -Throw -ErrorId 'Unauthorized,*'
            $second = Connect-MockInbox
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -WarningVariable warnings | Should -HaveCount 8
            $warnings | Should -BeNullOrEmpty
            Get-SentText -Inbox $second | Sort-Object | Should -Be ($all -notmatch 'name[12]\.')
        }

        It 'sends the rest after -ErrorAction Stop' {
            $inbox.Answer('name3.', 400, (New-WixError -Code INVALID_MEDIA_URL))
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -ErrorId 'MediaUrlInvalid,*'
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -WarningAction SilentlyContinue | Should -HaveCount 7
            Get-SentText -Inbox $inbox | Sort-Object | Should -Be $all
        }

        It 'gives all messages back with -IncludeAlreadySent, for a report of the whole file' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 | Select-Object -First 4
            $report = Join-Path -Path $TestDrive -ChildPath report.csv
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -IncludeAlreadySent |
                Select-Object -Property Id, ConversationId, CreatedDate, Delivery, @{ Name = 'Text'; Expression = { $_.Content.Basic.Items[0].Text } } |
                Export-Csv -LiteralPath $report
            $lines = Import-Csv -LiteralPath $report
            $lines.Text | Should -Be (1..10 | ForEach-Object -Process { "Hi name$_." })
            $lines.Id | Sort-Object | Should -Be (1..10 | ForEach-Object -Process { "$(1700000000000000 + $_)" })
            $lines.Id[0..3] | Should -Be (1..4 | ForEach-Object -Process { "$(1700000000000000 + $_)" })
            $lines.Delivery | Should -Be (@('Journaled') * 4 + @('Sent') * 6)
            $lines.CreatedDate | Should -Not -Contain ''
        }

        It 'can be told from the journal''s name relative to the location' {
            Push-Location -LiteralPath $TestDrive
            try {
                $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage -Text hi -Journal relative.jsonl
                Join-Path -Path $TestDrive -ChildPath relative.jsonl | Should -Exist
            }
            finally {
                Pop-Location
            }
        }
    }

    Context 'a file that was edited in between' {
        It 'knows a row by a column, whatever became of its text' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Order
            $rows = Import-Csv -LiteralPath $csv
            $rows[1].Name = 'edited'
            $rows[2].Name = 'edited'
            $rows | Sort-Object -Property Order -Descending | Export-Csv -LiteralPath $csv
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Order -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 10
            $warnings | Should -HaveCount 2
            $warnings[0] | Should -BeLike 'Row 7: its message has been changed since it was sent*'
            $warnings[1] | Should -BeLike '2 rows were changed*'
        }

        It 'names the row whose key another one has' {
            $rows = Import-Csv -LiteralPath $csv
            $rows[4].Order = 'A-1'
            $rows | Export-Csv -LiteralPath $csv
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Order -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 9
            $failed.FullyQualifiedErrorId | Should -BeLike 'KeyDuplicate,*'
            $failed.TargetObject.Name | Should -Be name5
        }

        It 'refuses to go on by another column' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Order
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Name } | Should -Throw -ErrorId 'JournalKeyMismatch,*'
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send } | Should -Throw -ErrorId 'JournalKeyMismatch,*'
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage -Text hi -KeyProperty Order } | Should -Throw -ErrorId 'JournalMissing,*'
        }

        It 'sends a row that broke a rule once it is mended' {
            $rows = Import-Csv -LiteralPath $csv
            $rows[4].ConversationId = 'bad'
            $rows | Send-WixInboxMessage @send -KeyProperty Order -ErrorAction SilentlyContinue | Should -HaveCount 9
            (Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -KeyProperty Order).Content.Basic.Items[0].Text | Should -Be 'Hi name5.'
        }
    }

    Context 'rows that Wix refused' {
        BeforeEach {
            $inbox.Answer('name2.', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ErrorAction SilentlyContinue
        }

        It 'are left out, and said so' {
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike '1 row failed in an earlier run and was not tried again. -RetryFailed tries it;*'
            $inbox.Requests | Should -HaveCount 10
        }

        It 'are tried with -RetryFailed, and they alone' {
            $second = Connect-MockInbox
            Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -RetryFailed | Should -HaveCount 1
            Get-SentText -Inbox $second | Should -Be 'Hi name2.'
        }
    }

    Context 'what is told of it' {
        It 'sums the run up for -InformationVariable' {
            $inbox.Answer('name2.', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -InformationVariable first -ErrorAction SilentlyContinue
            $summary = $first.MessageData
            $summary | Should -BeOfType ([WixInbox.SendSummary])
            $summary.Rows, $summary.Sent, $summary.Rejected, $summary.Requests | Should -Be 10, 9, 1, 10
            $summary.Journal | Should -Be $journal

            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -InformationVariable second -WarningAction SilentlyContinue
            $second.MessageData.AlreadySent, $second.MessageData.AlreadyFailed, $second.MessageData.Requests | Should -Be 9, 1, 0
        }

        It 'exports the summary as columns' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -InformationVariable info
            $line = $info.MessageData | ConvertTo-Csv | ConvertFrom-Csv
            $line.Sent | Should -Be 10
            $line.Journal | Should -Be $journal
        }

        It 'rehearses with -WhatIf and touches nothing' {
            $null = Import-Csv -LiteralPath $csv | Send-WixInboxMessage @send -ThrottleLimit 1 | Select-Object -First 4
            $before = Get-FileHash -LiteralPath $journal
            $output = Invoke-NewSession -Script @"
Import-Module -Name '$ModuleManifest'
Connect-WixInbox -AccessToken (ConvertTo-SecureString -String x -AsPlainText -Force)
Import-Csv -LiteralPath '$csv' | Send-WixInboxMessage -Text { "Hi `$(`$_.Name)." } -Journal '$journal' -WhatIf
"@
            $output | Should -HaveCount 8
            $output[-1] | Should -Be 'What if: 6 of 10 rows would be sent (4 are skipped, since the journal has them), with 6 requests: less than a minute at 200 a minute.'
            (Get-FileHash -LiteralPath $journal).Hash | Should -Be $before.Hash
            "$journal.lock" | Should -Not -Exist
        }

        It 'leaves a CSV alone that is named by mistake' {
            $before = Get-FileHash -LiteralPath $csv
            { Import-Csv -LiteralPath $csv | Send-WixInboxMessage -Text hi -Journal $csv } | Should -Throw -ErrorId 'JournalInvalid,*'
            (Get-FileHash -LiteralPath $csv).Hash | Should -Be $before.Hash
            $inbox.Requests | Should -HaveCount 0
        }
    }
}
