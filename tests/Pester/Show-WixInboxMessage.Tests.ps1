BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $page = Join-Path -Path $TestDrive -ChildPath page.html
}

Describe 'Show-WixInboxMessage' {
    Context 'a CSV file' {
        BeforeAll {
            $text = { "Hi $("$($_.FirstName)".Trim()), order $($_.Order) is on its way. $($_.Note)" }
            $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
            $null = Import-Csv -LiteralPath $ExampleCsv | Show-WixInboxMessage -Text $text -Path $page -PassThru @quiet
            $html = Get-Content -LiteralPath $page -Raw
        }

        It 'shows 20 rows, counts all, and says so' {
            [regex]::Matches($html, '<article').Count | Should -Be 20
            $html | Should -Match '<dt>Rows</dt><dd>200<'
            $html | Should -Match '<dt>Can be sent</dt><dd>198<'
            $warnings | Where-Object -FilterScript { $_ -like '*gap*' } |
                Should -BeLike 'FirstName is empty in 2 rows (8, 119) and Note in 1 row (8): *'
            $warnings | Where-Object -FilterScript { $_ -notlike 'Row 23:*' -and $_ -notlike '*gap*' } |
                Should -Be 'The page shows 20 of 200 rows, those that break a rule first. -First shows more.'
        }

        It 'shows all rows if told to, with what Test-WixInboxMessage finds' {
            Import-Csv -LiteralPath $ExampleCsv |
                Show-WixInboxMessage -Text $text -Path $page -PassThru -First 200 -WarningVariable warnings -WarningAction SilentlyContinue |
                Should -HaveCount 1
            "$warnings" | Should -BeLike 'Row 23: column ConversationId *'
            $all = Get-Content -LiteralPath $page -Raw
            foreach ($violation in (Import-Csv -LiteralPath $ExampleCsv | Test-WixInboxMessage -Text $text | Where-Object -Not -Property Valid).Violations) {
                $all |
                    Should -BeLike "*$([WildcardPattern]::Escape([Net.WebUtility]::HtmlEncode($violation.ToString())))*"
            }
        }
    }

    Context 'the page' {
        It 'is not opened in a job, which says where it is' {
            $job = Start-Job -ScriptBlock {
                Import-Module -Name $using:ModuleManifest
                Show-WixInboxMessage -ConversationId $using:Conversation -Text hi -Path $using:page
            }
            Receive-Job -Job $job -Wait -WarningVariable warnings -WarningAction SilentlyContinue |
                Should -BeNullOrEmpty
            "$warnings" | Should -BeLike "*'$page'. It was not opened: the session is remote, or a job."
            Remove-Job -Job $job
        }

        It 'is not opened where PowerShell may ask nobody' {
            Invoke-NewSession "Import-Module '$ModuleManifest'; Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path '$page' 3>&1" |
                Should -BeLike '*the session is not interactive.'
        }
    }
}
