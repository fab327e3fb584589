BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $people = "$TestDrive/people.csv"
    Set-Content -LiteralPath $people -Value @'
Connection,Email,FirstName
shop,ada@example.com,Ada
cafe,bob@example.com,Bob
,carl@example.com,Carl
bakery,dora@example.com,Dora
"Shop ",eve@example.com,Eve
'@
}

Describe 'Several connections side by side' {
    BeforeEach {
        Connect-WixInbox -Sandbox -Name shop
        Connect-WixInbox -Sandbox -Name cafe
        $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failed' }
    }

    AfterEach {
        Get-WixInboxConnection | Disconnect-WixInbox
    }

    It 'goes with each row of a CSV from its address to its answer' {
        $sent = Import-Csv -LiteralPath $people |
            Get-WixInboxContact @quiet |
            Resolve-WixInboxConversation |
            Get-WixInboxConversation |
            Send-WixInboxMessage -Text { "over $($_.Connection)" }
        $sent.Connection | Should -Be 'shop', 'cafe', 'shop'

        # An empty cell could mean either connection, and is not sent over the default one.
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'ConnectionEmpty', 'ConnectionNotFound'
        $failed.TargetObject.FirstName | Should -Be 'Carl', 'Dora'

        # Each site has its own messages, and no other's.
        ($sent | Get-WixInboxMessage).Content.Basic.Items.Text | Should -Be 'over shop', 'over cafe', 'over shop'
        $sent[0] | Get-WixInboxMessage -Connection cafe | Should -BeNullOrEmpty
    }

    It 'goes on with objects that were saved as a CSV' {
        Import-Csv -LiteralPath $people | Get-WixInboxContact @quiet | Export-Csv -LiteralPath "$TestDrive/contacts.csv"
        (Import-Csv -LiteralPath "$TestDrive/contacts.csv" | Resolve-WixInboxConversation).Connection | Should -Be 'shop', 'cafe', 'shop'
    }

    It 'goes back over the connection that a contact was read over, unless another is typed' {
        $contact = Get-WixInboxContact ada@example.com -Connection shop
        ($contact | Send-WixInboxMessage -Text hi).Connection | Should -Be 'shop'
        ($contact | Send-WixInboxMessage -Text hi -Connection cafe).Connection | Should -Be 'cafe'
    }

    It 'has an empty property over a connection without a name, which leaves it to the next default' {
        Connect-WixInbox -Sandbox
        $contact = Get-WixInboxContact ada@example.com
        $contact.Connection | Should -BeNullOrEmpty
        Connect-WixInbox -Sandbox -Name school
        ($contact | Resolve-WixInboxConversation).Connection | Should -Be 'school'
    }

    It 'imports each file over the connection of its row, however its column is called' {
        Set-Content -LiteralPath "$TestDrive/a.txt" -Value a
        $file = "$TestDrive/a.txt"
        $rows = "Path,Connection`n$file,shop`n$file,bakery`n$file," | ConvertFrom-Csv
        ($rows | Import-WixInboxMedia @quiet).Connection | Should -Be 'shop', 'cafe'
        $failed.TargetObject | Should -Be ([IO.Path]::GetFullPath($file))
        ("Url,Connection,SiteId`nhttps://example.com/a.png,shop," | ConvertFrom-Csv | Import-WixInboxMedia).Connection | Should -Be 'shop'
        (Get-Item -LiteralPath $file | Add-Member -NotePropertyName Connection -NotePropertyValue shop -PassThru | Import-WixInboxMedia).Connection | Should -Be 'shop'
    }

    It 'does what is typed over each connection that is piped in' {
        (Get-WixInboxConnection | Get-WixInboxContact -Email ada@example.com).Connection | Should -Be 'cafe', 'shop'
        (Get-WixInboxConnection | Import-WixInboxMedia -Url https://example.com/a.png).Connection | Should -Be 'cafe', 'shop'
    }

    It 'finds a name that is misspelt without asking Wix' -ForEach @(
        @{ Cmdlet = 'Resolve-WixInboxConversation' }, @{ Cmdlet = 'Send-WixInboxMessage' }, @{ Cmdlet = 'Import-WixInboxMedia' }
    ) {
        $row = [pscustomobject]@{ ContactId = $Conversation; Text = 'hi'; Url = 'https://example.com/a.png'; Connection = 'shpo' }
        $row | & $Cmdlet -WhatIf @quiet
        $failed | Should -HaveCount 1
        "$failed" | Should -BeLike "Row 1: *There is no connection 'shpo'. There are: cafe, shop.*"
    }

    It 'says it in a list, and in a table takes no room for it' {
        $contact = Get-WixInboxContact ada@example.com -Connection shop
        $contact | Format-List | Out-String | Should -Match '(?m)^Connection +: shop'
        $contact | Out-String | Should -Not -Match 'shop'
        Connect-WixInbox -Sandbox
        Get-WixInboxContact ada@example.com | Format-List | Out-String | Should -Not -Match 'Connection'
    }

    It 'ends a look-up that hangs when the pipeline is stopped' {
        $inbox = [WixInboxTests.MockInbox]::new()
        $inbox.Hold($Conversation)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Manifest, $Inbox, $Token, $Row)
                    Import-Module -Name $Manifest
                    Connect-WixInbox -AccessToken $Token -Name slow -MessageHandler $Inbox
                    Connect-WixInbox -Sandbox -Name quick
                    $Row | Resolve-WixInboxConversation
                }).AddArgument($ModuleManifest).AddArgument($inbox).AddArgument((ConvertTo-Secret $Token)).AddArgument(@(
                    [pscustomobject]@{ ContactId = [guid]::NewGuid(); Connection = 'quick' }
                    [pscustomobject]@{ ContactId = $Conversation; Connection = 'slow' }
                ))
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.BeginInvoke($output, $output)
            [System.Threading.SpinWait]::SpinUntil({ $inbox.InFlight -eq 1 }, 30000) | Should -BeTrue
            $shell.Stop()
            $running.IsCompleted | Should -BeTrue
            [System.Threading.SpinWait]::SpinUntil({ $inbox.InFlight -eq 0 }, 30000) | Should -BeTrue
            $output.Connection | Should -Be 'quick'
        }
        finally {
            $shell.Dispose()
        }
    }
}
