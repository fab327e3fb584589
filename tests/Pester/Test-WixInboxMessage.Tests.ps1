BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Test-WixInboxMessage' {
    BeforeEach {
        Disconnect-WixInbox
    }

    Context 'a CSV file' {
        BeforeAll {
            $text = { "Hi $("$($_.FirstName)".Trim()), order $($_.Order) is on its way. $($_.Note)" }
            $tests = Import-Csv -LiteralPath $ExampleCsv | Test-WixInboxMessage -Text $text -ErrorVariable errors
        }

        It 'gives a result for each row, and no error' {
            $tests | Should -HaveCount 200
            $tests | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.MessageTest]) }
            $tests.Row | Should -Be (1..200)
            $errors | Should -HaveCount 0
        }

        It 'finds the rows that Send-WixInboxMessage refuses, by the same ids' {
            $null = Connect-MockInbox
            $null = Import-Csv -LiteralPath $ExampleCsv | Send-WixInboxMessage -Text $text -ErrorVariable failed -ErrorAction SilentlyContinue
            $bad = $tests | Where-Object -Not -Property Valid
            $bad.Row | Should -Be $failed.Exception.Row
            $bad | ForEach-Object -Process { $_.Violations[0].Rule } | Should -Be ($failed.FullyQualifiedErrorId -replace ',.*')
        }

        It 'gives the bad rows back for a file that is mended and tested again' {
            $path = Join-Path -Path $TestDrive -ChildPath mend.csv
            $bad = $tests | Where-Object -Not -Property Valid
            $bad | ForEach-Object -MemberName InputObject | Export-Csv -LiteralPath $path

            $mended = Import-Csv -LiteralPath $path
            $mended.Order | Should -Be $bad.InputObject.Order
            $mended[0].PSObject.Properties.Name | Should -Be (Import-Csv -LiteralPath $ExampleCsv)[0].PSObject.Properties.Name
            $again = $mended | Test-WixInboxMessage -Text $text
            $again.Violations.Rule | Should -Be $bad.Violations.Rule

            $mended | ForEach-Object -Process { $_.ConversationId = $Conversation }
            ($mended | Test-WixInboxMessage -Text short).Valid | Should -Not -Contain $false
        }

        It 'lets the good rows go on to Send-WixInboxMessage' {
            $inbox = Connect-MockInbox
            $tests | Where-Object -Property Valid | ForEach-Object -MemberName InputObject | Send-WixInboxMessage -Text hi | Should -HaveCount 198
            $inbox.Sent | Should -HaveCount 198
        }

        It 'is exported with Select-Object as it is shown' {
            $path = Join-Path -Path $TestDrive -ChildPath report.csv
            $bad = $tests | Where-Object -Not -Property Valid
            $bad | Select-Object -Property Row, Recipient, Problem, @{ Name = 'Order'; Expression = { $_.InputObject.Order } } | Export-Csv -LiteralPath $path
            $report = Import-Csv -LiteralPath $path
            $report.Row | Should -Be $bad.Row
            $report.Problem | Should -Be $bad.Problem
            $report.Order | Should -Be $bad.InputObject.Order
        }

        It 'has a table of violations' {
            $lines = ($tests.Violations | Out-String -Width 80).Trim() -replace '\e\[[\d;]*m' -split '\r?\n'
            $lines[0] | Should -Match '^Row Column +Rule +Description'
            $lines | Should -HaveCount ($tests.Violations.Count + 2)
            $lines | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
        }
    }

    Context 'what is shown' {
        BeforeAll {
            $shown = @(
                [pscustomobject]@{ ConversationId = $Conversation; Text = 'hi' }
                [pscustomobject]@{ ConversationId = "bad`nid"; Text = 'x' * 16385 }
                [pscustomobject]@{ Name = 'nobody' }
            ) | Test-WixInboxMessage
        }

        It 'draws a table of 80 columns by itself, and says all that is wrong' {
            $lines = ($shown | Out-String -Width 80).Trim("`r", "`n") -replace '\e\[[\d;]*m' -split '\r?\n'
            $lines | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
            $lines[0] | Should -Match '^ +Row Valid Recipient +Problem'
            $lines[3] | Should -BeLike "     2 False conversation bad id* column ConversationId: 'bad id'"
            $lines -join ' ' -replace '\s+', ' ' | Should -BeLike '*column Text: 16,385 characters, and the limit is 16,384.*'
        }

        It 'has everything in the list' {
            $list = ($shown | Format-List | Out-String -Width 4096) -replace '\e\[[\d;]*m'
            foreach ($text in 'ConversationIdInvalid: column ConversationId', 'TextTooLong: column Text: 16,385 characters', 'RecipientMissing: There is no recipient', 'ContentMissing: There is nothing to send', 'Name=nobody', 'Basic') {
                $list | Should -BeLike "*$text*"
            }
        }
    }

    Context 'a slip of the hand' {
        It 'names the columns of a row that has none for the recipient' {
            ([pscustomobject]@{ ContactNo = 1; Text = 'hi' } | Test-WixInboxMessage).Problem | Should -BeLike "*The row's columns are ContactNo, Text."
        }

        It 'tells how a text is sent, and takes a hashtable as a row' {
            ('hi' | Test-WixInboxMessage -ConversationId $Conversation).Problem | Should -BeLike '*-Text { $_ } sends it.'
            (@{ ConversationId = $Conversation } | Test-WixInboxMessage -Text hi).Valid | Should -BeTrue
        }

        It 'refuses a word that is none, as Send-WixInboxMessage does' {
            { Test-WixInboxMessage -Text hi -ConversationId $Conversation -Visibility Nobody } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        }

        It 'completes what fits' {
            Get-CompletionText -Line 'Test-WixInboxMessage -Template -Orientation ' | Should -Be 'Landscape', 'Portrait'
        }
    }
}
