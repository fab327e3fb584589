<#
.SYNOPSIS
    Asks a real site what the documents of the API leave open. tests/Live/Ask.ps1 runs it.
#>
param(
    # Keeps the answers, without anybody's data in them.
    [string] $Record
)

BeforeDiscovery {
    Import-Module "$PSScriptRoot/LiveQuestions.psm1" -Force
    $site = Get-LiveSite
    $questions = @(
        Get-LiveQuestion | ForEach-Object {
            @{
                Id = $_.Id
                Question = $_.Question
                Left = -not $site -or ($_.Writes -and -not $site.ConversationId) -or ($_.Burst -and -not $site.Burst)
            }
        }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/LiveQuestions.psm1" -Force
    $site = Get-LiveSite
    $byId = @{}
    Get-LiveQuestion | ForEach-Object { $byId[$_.Id] = $_ }
    $answers = [System.Collections.Generic.List[object]]::new()
}

Describe 'The API as it is' {
    It '<Id>: <Question>' -ForEach $questions -Skip:$Left {
        $answer = Invoke-LiveQuestion -Site $site -Question $byId[$Id]
        $answers.Add($answer)
        if (-not $answer.WasAsked) {
            Set-ItResult -Skipped -Because $answer.Came
            return
        }

        $answer.Came | Should -Be $answer.Assumed -Because "that was assumed (request id $($answer.RequestId))"
    }

    AfterAll {
        if ($answers.Count -gt 0) {
            $answers | Format-Table -AutoSize -Wrap -Property Question, Assumed, Came, RequestId |
                Out-String -Width 160 | Write-Host
            if ($Record) {
                ConvertTo-Json -Depth 5 -InputObject $answers | Set-Content -LiteralPath $Record
            }
        }
    }
}
