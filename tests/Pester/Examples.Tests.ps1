BeforeDiscovery {
    $examples = @(
        @{ Name = 'send-by-email'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-card'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-picture'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'report-form'; Messages = 1; Errors = $null }
    )
    $scripts = (Get-ChildItem -Path "$PSScriptRoot/../../module/examples/*.ps1").BaseName
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The examples' {
    It 'has help for <_>' -ForEach $scripts {
        $help = Get-Help -Name "$(Split-Path -Path $ModuleManifest)/examples/$_.ps1"
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }

    It 'runs <Name> in the sandbox' -ForEach $examples {
        Connect-WixInbox -Sandbox
        $failed = $null
        $sent = & "$(Split-Path -Path $ModuleManifest)/examples/$Name.ps1" -ErrorVariable failed -ErrorAction SilentlyContinue
        @($sent).Count | Should -Be $Messages
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' } | Select-Object -Unique) | Should -Be @($Errors | Where-Object { $_ })
    }
}
