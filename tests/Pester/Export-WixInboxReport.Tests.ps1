BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Export-WixInboxReport' {
    BeforeAll {
        $inbox = Connect-MockInbox
        $inbox.Answer('name2.', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
        $journal = Join-Path -Path $TestDrive -ChildPath run.jsonl
        $null = New-Row -Number (1..5) | Send-WixInboxMessage -Text { "Hi $($_.Name)." } -Journal $journal -KeyProperty Name -ExpectedCount 8 -ErrorAction SilentlyContinue
        Disconnect-WixInbox
        $page = Join-Path -Path $TestDrive -ChildPath report.html
    }

    It 'writes a page of the run, and gives nothing back' {
        Export-WixInboxReport -Journal $journal -Path $page | Should -BeNullOrEmpty
        $html = Get-Content -LiteralPath $page -Raw
        $html | Should -Match '<dt>Sent</dt><dd>4<'
        $html | Should -Match '<dt>Failed</dt><dd>1<'
        $html | Should -Match '<dt>Rows</dt><dd>8<'
        $html | Should -BeLike '*CONVERSATION_NOT_FOUND*name2*'
        $html | Should -Not -BeLike '*<script*'
    }

    It 'takes its parameters by place, and gives the file if told to' {
        $file = Export-WixInboxReport $journal $page -PassThru
        $file | Should -BeOfType ([IO.FileInfo])
        ($file | Get-Item).FullName | Should -Be $page
    }

    It 'takes journals from Get-ChildItem, each to a page of its own' {
        Copy-Item -LiteralPath $journal -Destination "$TestDrive/second.jsonl"
        Get-ChildItem -Path "$TestDrive/*.jsonl" | Export-WixInboxReport -Path { "$TestDrive/$($_.BaseName).html" } -PassThru | ForEach-Object -MemberName Name | Should -Be 'run.html', 'second.html'
        Get-ChildItem -Path "$TestDrive/*.jsonl" | Export-WixInboxReport -Path $page -PassThru -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -Be 'PathRepeated,WixInbox.Commands.ExportWixInboxReportCommand'
    }

    It 'never replaces the journal' {
        $before = Get-Content -LiteralPath $journal -Raw
        Push-Location -LiteralPath $TestDrive
        try {
            Export-WixInboxReport run.jsonl ./run.jsonl -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        }
        finally {
            Pop-Location
        }
        $failed.FullyQualifiedErrorId | Should -BeLike 'PathIsJournal,*'
        Get-Content -LiteralPath $journal -Raw | Should -Be $before
    }

    It 'keeps what is there with -NoClobber, and writes nothing with -WhatIf' {
        $mine = Join-Path -Path $TestDrive -ChildPath mine.html
        Export-WixInboxReport $journal $mine -WhatIf
        $mine | Should -Not -Exist
        Set-Content -LiteralPath $mine -Value mine
        Export-WixInboxReport $journal $mine -NoClobber -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content -LiteralPath $mine | Should -Be mine
    }

    It 'says of a file that is no journal, or not there, what it is, and goes on' {
        $csv = Join-Path -Path $TestDrive -ChildPath none.csv
        New-Row -Number 1 | Export-Csv -LiteralPath $csv
        $csv, "$TestDrive/missing.jsonl", $journal | Export-WixInboxReport -Path $page -PassThru -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'JournalInvalid', 'JournalNotFound'
    }
}
