BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $page = Join-Path -Path $TestDrive -ChildPath page.html
    $screen = $env:DISPLAY
    $env:DISPLAY = ':0'

    # In the place of Invoke-Item, which would open a browser.
    $global:Opened = [Collections.Generic.List[string]]::new()
    function global:Invoke-Item { param([string] $LiteralPath) $global:Opened.Add($LiteralPath) }
}

AfterAll {
    $env:DISPLAY = $screen
    Remove-Item -LiteralPath Function:/Invoke-Item
    Remove-Variable -Name Opened -Scope Global
}

Describe 'Show-WixInboxMessage' {
    BeforeEach {
        Disconnect-WixInbox
        $global:Opened.Clear()
    }

    Context 'a CSV file' {
        BeforeAll {
            $text = { "Hi $("$($_.FirstName)".Trim()), order $($_.Order) is on its way. $($_.Note)" }
            $file = Import-Csv -LiteralPath $ExampleCsv | Show-WixInboxMessage -Text $text -Path $page -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
            $html = Get-Content -LiteralPath $page -Raw
        }

        It 'shows the first 20 rows, counts all, and says so' {
            [regex]::Matches($html, '<article').Count | Should -Be 20
            $html | Should -Match '<dt>Rows</dt><dd>200<'
            $html | Should -Match '<dt>Can be sent</dt><dd>198<'
            $warnings | Where-Object -FilterScript { $_ -notlike 'Row 23:*' } | Should -Be 'The page shows the first 20 of 200 rows. -First shows more.'
        }

        It 'shows each text as it would be sent' {
            $first = (Import-Csv -LiteralPath $ExampleCsv)[0]
            $html | Should -BeLike "*>Hi $($first.FirstName), order $($first.Order) is on its way. *"
        }

        It 'gives the file, which goes on to where files go' {
            $file | Should -BeOfType ([IO.FileInfo])
            ($file | Get-Item).FullName | Should -Be $page
            ($file | Copy-Item -Destination "$TestDrive/copy.html" -PassThru).Length | Should -Be $file.Length
        }

        It 'shows all rows if told to, with what Test-WixInboxMessage finds' {
            Import-Csv -LiteralPath $ExampleCsv | Show-WixInboxMessage -Text $text -Path $page -PassThru -First 200 -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
            "$warnings" | Should -BeLike 'Row 23: column ConversationId *'
            $all = Get-Content -LiteralPath $page -Raw
            foreach ($violation in (Import-Csv -LiteralPath $ExampleCsv | Test-WixInboxMessage -Text $text | Where-Object -Not -Property Valid).Violations) {
                $all | Should -BeLike "*$([WildcardPattern]::Escape([Net.WebUtility]::HtmlEncode($violation.ToString())))*"
            }
        }
    }

    Context 'the page' {
        It 'opens as a file does, and gives nothing back' -Skip:(-not [Environment]::UserInteractive) {
            Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path $page | Should -BeNullOrEmpty
            $global:Opened | Should -Be $page
        }

        It 'is not opened in a job, which says where it is' {
            $job = Start-Job -ScriptBlock {
                Import-Module -Name $using:ModuleManifest
                Show-WixInboxMessage -ConversationId $using:Conversation -Text hi -Path $using:page
            }
            Receive-Job -Job $job -Wait -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$warnings" | Should -BeLike "*'$page'. It was not opened: the session is remote, or a job."
            Remove-Job -Job $job
        }

        It 'is not opened where PowerShell may ask nobody' {
            Invoke-NewSession "Import-Module '$ModuleManifest'; Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path '$page' 3>&1" | Should -BeLike '*the session is not interactive.'
        }

        It 'is not written with -WhatIf, and replaced unless -NoClobber' {
            $other = Join-Path -Path $TestDrive -ChildPath other.html
            Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path $other -WhatIf
            $other | Should -Not -Exist
            Set-Content -LiteralPath $other -Value mine
            Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path $other -NoClobber -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -Be 'FileExists,WixInbox.Commands.ShowWixInboxMessageCommand'
            Get-Content -LiteralPath $other | Should -Be mine
            $null = Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path $other -PassThru
            Get-Content -LiteralPath $other -TotalCount 1 | Should -Be '<!DOCTYPE html>'
            $global:Opened | Should -HaveCount 0
        }

        It 'is named relative to the location' {
            Push-Location -LiteralPath $TestDrive
            try {
                (Show-WixInboxMessage -ConversationId $Conversation -Text hi -Path here.html -PassThru).FullName | Should -Be (Join-Path -Path $TestDrive -ChildPath here.html)
            }
            finally {
                Pop-Location
            }
        }
    }

    Context 'each kind of content' {
        It 'shows <Name>' -TestCases @(
            @{ Name = 'a text with an image and a file'; Parameters = @{ Text = 'hi'; ImageUrl = 'https://example.com/a.png'; FileUrl = 'https://example.com/f.pdf' }; Shown = 'https://example.com/a.png', 'https://example.com/f.pdf', 'Kind</dt><dd><bdi dir="auto">basic' }
            @{ Name = 'a card'; Parameters = @{ Template = $true; Title = 'Order'; TextLine = 'one', 'two'; Button = @{ Label = 'Track'; LaunchUrl = 'https://example.com/1' } }; Shown = '>one<', '>two<', 'href="https://example.com/1"', 'template, portrait' }
            @{ Name = 'a line'; Parameters = @{ Minimal = $true; Text = 'Paid'; Visibility = 'Business' }; Shown = '>Paid<', 'Not shown here' }
            @{ Name = 'a form'; Parameters = @{ Form = $true; Title = 'Return'; Field = @{ Name = 'Size'; Value = 'L' } }; Shown = '>Size</dt>', '>L</dd>' }
        ) {
            $html = Show-WixInboxMessage -ContactId $Conversation @Parameters -Path $page -PassThru | Get-Content -Raw
            foreach ($text in $Shown) {
                $html | Should -BeLike "*$text*"
            }
        }

        It 'shows markup as the text that it is' {
            $html = Show-WixInboxMessage -ContactId $Conversation -Text '<script>alert(1)</script>' -Path $page -PassThru | Get-Content -Raw
            $html | Should -Not -BeLike '*<script*'
            $html | Should -BeLike '*&lt;script&gt;alert(1)&lt;/script&gt;*'
        }
    }

    It 'completes what fits' {
        Get-CompletionText -Line 'Show-WixInboxMessage -Template -Orientation ' | Should -Be 'Landscape', 'Portrait'
    }
}
