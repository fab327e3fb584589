BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Ctrl+C at a real terminal' {
    It 'brings the prompt back, and leaves a journal that the next run can take' {
        if (-not (Get-Command -Name tmux -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no tmux, which is the terminal'
            return
        }

        $presses = if ($env:WIXINBOX_PRESSES) { [int] $env:WIXINBOX_PRESSES } else { 20 }
        $result = & "$PSScriptRoot/../tools/Terminal/press.ps1" -Presses $presses -Manifest $ModuleManifest -WarningAction SilentlyContinue

        $result.Presses | Should -Be $presses
        $result.Locked | Should -Be 0
        $result.Unread | Should -Be 0

        # Five whose answer was lost, which are open until they are looked for, and five that got their slots before the
        # looks asked for them. The looks then hold the slots, since they go first, and nothing further leaves.
        $result.MostOpen | Should -BeLessOrEqual 10
        $result.Slowest | Should -BeLessThan 5

        # The shell itself loses one now and then: see tests/tools/Terminal/README.md.
        $result.Lost.Count |
            Should -BeLessOrEqual ([Math]::Ceiling($presses / 100)) -Because ($result.Lost | Out-String)
    }
}
