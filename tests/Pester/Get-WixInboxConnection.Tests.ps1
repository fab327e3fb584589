BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-WixInboxConnection' {
    BeforeEach {
        Disconnect-WixInbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    It 'gives nothing, and no error, where there is no connection' {
        Get-WixInboxConnection -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'gives the connection that was made last' {
        Connect-WixInbox -Sandbox
        $null = Connect-MockInbox
        (Get-WixInboxConnection).Sandbox | Should -BeFalse
        Connect-WixInbox -Sandbox
        (Get-WixInboxConnection).Sandbox | Should -BeTrue
    }

    It 'knows nothing of the connection of another runspace' {
        Connect-WixInbox -Sandbox
        $seen = 1 | ForEach-Object -Parallel {
            Import-Module -Name $using:ModuleManifest
            $null -eq (Get-WixInboxConnection)
        }
        $seen | Should -BeTrue
    }

    It 'gives the default first, then those with a name, and one by its name' {
        foreach ($name in 'shop', 'cafe', 'bar') {
            Connect-WixInbox -Sandbox -Name $name
        }
        Connect-WixInbox -Sandbox
        (Get-WixInboxConnection).Name | Should -Be $null, 'bar', 'cafe', 'shop'
        (Get-WixInboxConnection shop).Name | Should -Be 'shop'
        (Get-WixInboxConnection -Name *a*).Name | Should -Be 'bar', 'cafe'
        { Get-WixInboxConnection none -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotFound,*'
        Get-WixInboxConnection | Out-String -Width 80 | Should -BeLike '*cafe*sandbox*'
        Get-WixInboxConnection | Disconnect-WixInbox
        Get-WixInboxConnection | Should -BeNullOrEmpty
    }

    It 'shows where the connection leads' {
        $null = Connect-MockInbox
        $shown = Get-WixInboxConnection | Out-String -Width 80
        $shown | Should -BeLike '*Host*www.wixapis.com*'
        $shown | Should -BeLike '*IsDefault*True*'
        Get-WixInboxConnection | Format-List | Out-String -Width 80 | Should -BeLike '*AccessToken*'
    }

    It 'shows no secret through <Name>' -ForEach @(
        @{ Name = 'Format-List -Property * -Force'; Show = { $_ | Format-List -Property * -Force | Out-String -Width 4096 } }
        @{ Name = 'Format-Custom'; Show = { $_ | Format-Custom -Property * -Depth 6 -Force | Out-String -Width 4096 } }
        @{ Name = 'ConvertTo-Json'; Show = { $_ | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue } }
        @{ Name = 'ConvertTo-Csv'; Show = { $_ | ConvertTo-Csv } }
        @{ Name = 'Export-Clixml'; Show = { $_ | Export-Clixml -LiteralPath "$TestDrive/connection.xml" -Depth 6; Get-Content -LiteralPath "$TestDrive/connection.xml" -Raw } }
        @{ Name = 'its own text'; Show = { "$_" } }
    ) {
        $null = Connect-MockInbox
        $shown = Get-WixInboxConnection | ForEach-Object -Process $Show
        $shown -join "`n" | Should -BeLike '*wixapis.com*'
        $shown -join "`n" | Should -Not -BeLike "*$Token*"
    }
}
