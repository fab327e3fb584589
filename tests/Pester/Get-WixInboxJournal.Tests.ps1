BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-WixInboxJournal' {
    BeforeAll {
        $inbox = Connect-MockInbox
        $inbox.Answer('name2.', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
        $journal = Join-Path -Path $TestDrive -ChildPath run.jsonl
        $messages = New-Row -Number (1..5) | Send-WixInboxMessage -Text { "Hi $($_.Name)." } -Journal $journal -KeyProperty Name -ExpectedCount 8 -ErrorAction SilentlyContinue
        Disconnect-WixInbox
    }

    It 'lists what became of each row' {
        $entries = Get-WixInboxJournal -Path $journal | Sort-Object -Property Row
        $entries | Should -HaveCount 5
        $entries | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.JournalEntry]) }
        $entries.Key | Should -Be 'name1', 'name2', 'name3', 'name4', 'name5'
        $entries.State | Should -Be 'Sent', 'Failed', 'Sent', 'Sent', 'Sent'
        $entries[1].Code | Should -Be CONVERSATION_NOT_FOUND
        ($entries | Where-Object -Property State -EQ -Value Sent).MessageId | Should -Be $messages.Id
    }

    It 'sums up how far a run is' {
        $summary = Get-WixInboxJournal -Path $journal -Summary
        $summary | Should -BeOfType ([WixInbox.JournalSummary])
        $summary.Rows, $summary.Sent, $summary.Failed, $summary.Runs, $summary.TotalCount | Should -Be 5, 4, 1, 1, 8
        $summary.Active | Should -BeFalse
        $summary.KeyProperty | Should -Be Name
    }

    It 'takes files from Get-Item and Get-ChildItem' {
        Get-Item -LiteralPath $journal | Get-WixInboxJournal | Should -HaveCount 5
        Get-ChildItem -Path "$TestDrive/*.jsonl" | Get-WixInboxJournal -Summary | Should -HaveCount 1
    }

    It 'tells which rows of a CSV are left, by their key' {
        $done = (Get-WixInboxJournal -Path $journal | Where-Object -Property State -EQ -Value Sent).Key
        (New-Row -Number (1..8) | Where-Object -Property Name -NotIn -Value $done).Name | Should -Be 'name2', 'name6', 'name7', 'name8'
    }

    It 'is exported as columns' {
        $path = Join-Path -Path $TestDrive -ChildPath entries.csv
        Get-WixInboxJournal -Path $journal | Select-Object -Property Row, Key, State, Code | Export-Csv -LiteralPath $path
        (Import-Csv -LiteralPath $path | Group-Object -Property State -AsHashTable -AsString)['Failed'].Key | Should -Be name2
    }

    It 'draws a table, and a list, of 80 columns' {
        foreach ($shown in (Get-WixInboxJournal -Path $journal | Out-String -Width 80), (Get-WixInboxJournal -Path $journal -Summary | Out-String -Width 80)) {
            ($shown -replace '\e\[[\d;]*m').TrimEnd() -split '\r?\n' | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
        }
    }

    It 'says of a file that is none, or not there, what it is, and goes on' {
        $csv = Join-Path -Path $TestDrive -ChildPath none.csv
        New-Row -Number 1 | Export-Csv -LiteralPath $csv
        $found = $csv, "$TestDrive/missing.jsonl", "$TestDrive/nowhere/missing.jsonl", $journal | Get-WixInboxJournal -ErrorVariable failed -ErrorAction SilentlyContinue
        $found | Should -HaveCount 5
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'JournalInvalid', 'JournalNotFound', 'JournalNotFound'
        $failed.CategoryInfo.Category | Should -Be 'InvalidData', 'ObjectNotFound', 'ObjectNotFound'
    }
}
