#!/usr/bin/env pwsh
<#
.SYNOPSIS
Presses Ctrl+C at a real terminal, in runs that wait for ever, and says how often the prompt came back.

.DESCRIPTION
tmux is the terminal, and the shell in it is PowerShell without PSReadLine. A run is started, Ctrl+C is pressed at a
random moment of its first seconds, and the prompt is looked for. Then it is asked whether the journal is free and how
many of its rows are open. A shell that does not come back is looked at for as long as -TimeoutSec, counted, and
replaced.

.EXAMPLE
./tests/tools/Terminal/press.ps1 -Presses 300

.EXAMPLE
./tests/tools/Terminal/press.ps1 -Presses 300 -Way control250 # a cmdlet that does nothing but write progress each 250
ms
#>
[CmdletBinding()]
param(
    [int] $Presses = 20,
    [string[]] $Way = @('pace', 'look', 'retry', 'hang', 'endless', 'sign-in', 'look-up', 'upload'),
    [string] $Manifest = "$PSScriptRoot/../../../out/WixInbox/WixInbox.psd1",
    [double] $LongestSec = 3.5,
    [int] $TimeoutSec = 20,
    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
$folder = [IO.Directory]::CreateTempSubdirectory('wixinbox-terminal-').FullName
$session = "wixinbox-$PID"
# A PowerShell that came as a tool of .NET is started by dotnet.
$shell = @([Environment]::ProcessPath)
if ([IO.Path]::GetFileNameWithoutExtension($shell[0]) -eq 'dotnet') { $shell += "$PSHOME/pwsh.dll" }
$random = [Random]::new($Seed)
$started = 0

function Read-Screen { (& tmux capture-pane -p -t $session) -join "`n" }

function Wait-Screen([string] $Pattern, [double] $Seconds) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while ($watch.Elapsed.TotalSeconds -lt $Seconds) {
        if ((Read-Screen) -cmatch $Pattern) { return $watch.Elapsed.TotalSeconds }
        [Threading.Thread]::Sleep(20)
    }
}

function Start-Terminal {
    & tmux new-session -d -s $session -x 160 -y 50 @shell -NoLogo -NoProfile -NoExit -File "$PSScriptRoot/session.ps1" $Manifest $folder
    $script:prompt = 1
    $script:started++
    if (-not (Wait-Screen '<1>' 120)) { throw "The shell did not start: $(Read-Screen)" }
}

function Send-Line([string] $Line) { & tmux send-keys -t $session -l $Line; & tmux send-keys -t $session Enter }

$pressed = @()
try {
    Start-Terminal
    foreach ($number in 1..$Presses) {
        $wait = $Way[($number - 1) % $Way.Count]
        $withJournal = [int] ([Math]::Floor(($number - 1) / $Way.Count) % 2 -eq 0)
        Send-Line "run $wait $withJournal $number"
        $after = 0.4 + ($random.NextDouble() * ($LongestSec - 0.4))
        [Threading.Thread]::Sleep([int] ($after * 1000))
        if ((Read-Screen) -cmatch "(?m)^<$($prompt + 1)>") {
            throw "The run '$wait' has ended by itself: $(Read-Screen)"
        }
        & tmux send-keys -t $session C-c
        $took = Wait-Screen "(?m)^<$($prompt + 1)>" $TimeoutSec
        $press = [pscustomobject]@{
            Number = $number
            Way = $wait
            Journal = [bool] $withJournal
            After = $after
            Took = $took
            Locked = $null
            Open = $null
        }
        if ($null -ne $took) {
            $prompt++
            if ($withJournal -and $wait -notlike 'control*') {
                Send-Line "look $number"
                $null = Wait-Screen "LOOK$number locked=" 20
                $prompt++
                if ((Read-Screen) -cmatch "LOOK$number locked=(?<locked>\w+) open=(?<open>\d+)\.") {
                    $press.Locked = $Matches.locked -eq 'True'
                    $press.Open = [int] $Matches.open
                }
            }

            Send-Line 'Clear-Host'
            $prompt++
            $null = Wait-Screen "\A\s*<$prompt>" 10
        }
        else {
            Write-Warning "Press $number ($wait, after $after s): no prompt. $(Read-Screen)"
            & tmux kill-session -t $session
            Start-Terminal
        }

        $pressed += $press
    }
}
finally {
    & tmux kill-session -t $session 2> $null
    [IO.Directory]::Delete($folder, $true)
}

$back = @($pressed | Where-Object { $null -ne $_.Took })
[pscustomobject]@{
    Presses = $pressed.Count
    Back = $back.Count
    Lost = @($pressed | Where-Object { $null -eq $_.Took })
    Slowest = ($back.Took | Measure-Object -Maximum).Maximum
    Locked = @($pressed | Where-Object Locked).Count
    MostOpen = ($pressed.Open | Measure-Object -Maximum).Maximum
    Unread = @($back | Where-Object { $_.Journal -and $_.Way -notlike 'control*' -and $null -eq $_.Open }).Count
    All = $pressed
}
