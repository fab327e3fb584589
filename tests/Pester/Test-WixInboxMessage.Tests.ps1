BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Test-WixInboxMessage' {
    Context 'a CSV file' {
        BeforeAll {
            $text = { "Hi $("$($_.FirstName)".Trim()), order $($_.Order) is on its way. $($_.Note)" }
            $tests = Import-Csv -LiteralPath $ExampleCsv | Test-WixInboxMessage -Text $text
        }

        It 'finds the rows that Send-WixInboxMessage refuses, by the same ids' {
            $null = Connect-MockInbox
            $null = Import-Csv -LiteralPath $ExampleCsv |
                Send-WixInboxMessage -Text $text -ErrorVariable failed -ErrorAction SilentlyContinue
            $bad = $tests | Where-Object -Not -Property Valid
            $bad.Row | Should -Be $failed.Exception.Row
            $bad | ForEach-Object -Process { $_.Violations[0].Rule } |
                Should -Be ($failed.FullyQualifiedErrorId -replace ',.*')
        }

        It 'gives the bad rows back for a file that is mended and tested again' {
            $path = Join-Path -Path $TestDrive -ChildPath mend.csv
            $bad = $tests | Where-Object -Not -Property Valid
            $bad | ForEach-Object -MemberName InputObject | Export-Csv -LiteralPath $path

            $mended = Import-Csv -LiteralPath $path
            $mended.Order | Should -Be $bad.InputObject.Order
            $mended[0].PSObject.Properties.Name |
                Should -Be (Import-Csv -LiteralPath $ExampleCsv)[0].PSObject.Properties.Name
            $again = $mended | Test-WixInboxMessage -Text $text
            $again.Violations.Rule | Should -Be $bad.Violations.Rule

            $mended | ForEach-Object -Process { $_.ConversationId = $Conversation }
            ($mended | Test-WixInboxMessage -Text short).Valid | Should -Not -Contain $false
        }
    }
}
