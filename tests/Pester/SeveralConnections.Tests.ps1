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
        (Import-Csv -LiteralPath "$TestDrive/contacts.csv" | Resolve-WixInboxConversation).Connection |
            Should -Be 'shop', 'cafe', 'shop'
    }
}
