BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

# What about_WixInbox_Errors tells a script to do.
Describe 'Errors, as a script reads them' {
    BeforeAll {
        $inbox = Connect-MockInbox
        $inbox.Answer('odd', 400, (New-WixError -Code 'ODD' -Message 'Not like this.'))
        $inbox.Answer('lost', 500, '{}')
        $rows = @(
            [pscustomobject]@{ ConversationId = 'none'; Text = 'to nobody' }
            [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-000000000002'; Text = 'fine' }
            [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-000000000003'; Text = 'odd' }
            [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-000000000004'; Text = 'lost' }
        )
        $sent = $rows | Send-WixInboxMessage -OnAmbiguous Skip -ErrorVariable failed -ErrorAction SilentlyContinue
    }

    AfterAll {
        Disconnect-WixInbox
    }

    It 'gives the rows that are left, ready for a CSV' {
        $sent.Content.PreviewText | Should -Be 'fine'
        $failed.TargetObject | Export-Csv -Path "$TestDrive/retry.csv"
        (Import-Csv -Path "$TestDrive/retry.csv").Text | Should -Be 'to nobody', 'odd', 'lost'
    }

    It 'is a line of a file' {
        $failed | Select-Object -Property @{ n = 'Row'; e = { $_.Exception.Row } },
            @{ n = 'Id'; e = { $_.FullyQualifiedErrorId -replace ',.*' } }, @{ n = 'Error'; e = { "$_" } } |
            Export-Csv -Path "$TestDrive/errors.csv"
        $lines = Import-Csv -Path "$TestDrive/errors.csv"
        $lines.Id | Should -Be 'ConversationIdInvalid', 'RequestRefused', 'OutcomeUnknown'
        $lines[1].Error | Should -BeLike 'Row 3: the message to conversation * was not sent. The server answered 400 ODD: Not like this. *'
    }

    It 'says all of it in the concise view, and once' {
        $shown = ($failed[1] | Out-String -Width 400) -replace '\e\[[\d;]*m'
        $shown | Should -BeLike '*Send-WixInboxMessage*Row 3: the message to conversation*Correct what it names*'
        [regex]::Matches($shown, 'Not like this').Count | Should -Be 1
    }

    It 'has everything in Format-List -Force and Get-Error, and no secret' {
        $shown = ($failed[1] | Format-List -Force | Out-String -Width 400) +
            ($failed[1] | Get-Error | Out-String -Width 400)
        foreach ($word in 'RequestRefused', 'StatusCode', 'ODD', 'Outcome', 'Rejected', 'TargetObject') {
            $shown | Should -BeLike "*$word*"
        }

        $shown | Should -Not -BeLike "*$Token*"
    }
}

Describe 'Errors and objects of a job' {
    BeforeAll {
        $job = Start-Job -ArgumentList $ModuleManifest, $Conversation -ScriptBlock {
            param($Module, $Conversation)

            Import-Module -Name $Module
            Add-Type -LiteralPath (
                Join-Path -Path (Split-Path -Path $Module) -ChildPath bin/net8.0/WixInbox.Sandbox.dll
            )
            $sandbox = [WixInbox.Sandbox.SandboxHandler]::new($null)
            Connect-WixInbox -AccessToken (
                ConvertTo-SecureString -String secret-of-the-job -AsPlainText -Force
            ) -MessageHandler $sandbox
            [pscustomobject]@{ ConversationId = $Conversation; Text = 'one'; Order = 7 } |
                Send-WixInboxMessage -Badge @{ Text = 'b'; Visibility = 'Business' }
            $sandbox.AddFault([WixInbox.Sandbox.Fault]@{ Kind = 'ServerErrorAfter' })
            [pscustomobject]@{ ConversationId = $Conversation; Text = 'two'; Order = 8 } |
                Send-WixInboxMessage -OnAmbiguous Skip
            Get-WixInboxConnection
        }
        $received = $job | Receive-Job -Wait -ErrorVariable failed -ErrorAction SilentlyContinue
        $message, $connection = $received
    }

    AfterAll {
        $job | Remove-Job -Force
        Disconnect-WixInbox
    }

    It 'gives the message with what it says' {
        $message.PSTypeNames | Should -Contain 'Deserialized.WixInbox.Message'
        $message.Content.Basic.Items[0].Text | Should -Be 'one'
        $message.Badges[0].Visibility | Should -Be 'Business'
        $message.Direction -eq 'BusinessToParticipant' | Should -BeTrue
    }

    It 'shows it as at home' {
        ($message | Format-Table | Out-String -Width 80) -replace '\e\[[\d;]*m' |
            Should -Match "(?m)^\d+ +$Conversation one"
    }

    It 'gives the error with its id, its row and its outcome' {
        $failed[0].FullyQualifiedErrorId | Should -Be 'OutcomeUnknown,WixInbox.Commands.SendWixInboxMessageCommand'
        $failed[0].TargetObject.Order | Should -Be 8
        "$($failed[0])" | Should -BeLike 'Row 1: the message to conversation * may or may not have been sent.*Look in the conversation*'
        $what = $failed[0].Exception.SerializedRemoteException
        $what.Outcome | Should -Be 'Ambiguous'
        $what.StatusCode | Should -Be 500
        $what.RequestId | Should -Not -BeNullOrEmpty
        $what.Row | Should -Be 1
    }

    It 'gives a connection that says how to make one of its own' {
        $connection.Authentication | Should -Be 'AccessToken'
        $connection | Format-List -Property * -Force | Out-String | Should -Not -BeLike '*secret-of*'
        { Send-WixInboxMessage -Text x -ConversationId $Conversation -Connection $connection } |
            Should -Throw -ExpectedMessage '*copy of a connection*Run Connect-WixInbox where the command runs*'
    }
}
