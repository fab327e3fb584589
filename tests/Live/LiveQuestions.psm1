# What the facts of the API leave open, as questions that a real site can answer. Each makes its requests by itself,
# below the module: what the server says is looked at as it is.

Set-StrictMode -Version 1

Import-Module "$PSScriptRoot/LiveClient.psm1"

# An id that no site has.
$Nobody = [guid]::NewGuid().ToString()

function Get-LiveSite {
    <#
    .SYNOPSIS
        Reads which site is asked from the environment; nothing where it names none.
    #>
    [CmdletBinding()]
    param()

    $secret = if ($env:WIXINBOX_LIVE_KEY) { $env:WIXINBOX_LIVE_KEY } else { $env:WIXINBOX_LIVE_TOKEN }
    if (-not $secret) {
        return
    }

    [pscustomobject]@{
        BaseUri        = if ($env:WIXINBOX_LIVE_URI) {
            [uri] $env:WIXINBOX_LIVE_URI
        } else {
            [uri] 'https://www.wixapis.com/'
        }
        Secret         = $secret
        SiteId         = $env:WIXINBOX_LIVE_SITE
        ConversationId = $env:WIXINBOX_LIVE_CONVERSATION
        Burst          = $env:WIXINBOX_LIVE_BURST -eq '1'
    }
}

function New-MessageBody($site, [string] $text, [hashtable] $request = @{}, [hashtable] $message = @{}) {
    $whole = @{
        content    = @{ basic = @{ items = @(@{ text = $text }) } }
        visibility = 'BUSINESS'
        direction  = 'BUSINESS_TO_PARTICIPANT'
    } + $message
    ConvertTo-Json -Depth 10 -Compress -InputObject (
        @{ conversationId = $site.ConversationId; message = $whole } + $request
    )
}

# What came back of a text that was sent, as the conversation has it: a collaborator sees it, and the participant does
# not.
function Test-Text($site, [string] $text) {
    $sent = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body (New-MessageBody $site $text)
    $came = "$($sent.Status)"
    if ($sent.Status -eq 200) {
        $listed = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?conversationId=$($site.ConversationId)&visibility=BUSINESS&paging.limit=5"
        $id = $sent.Json['message']['id']
        $found = @($listed.Json['messages']) | Where-Object { $_['id'] -eq $id }
        $back = if ($found) { $found['content']['basic']['items'][0]['text'] }
        $came = if ($null -eq $back) { 'not in the list' } elseif ($back -ceq $text) { 'as it was sent' } else {
            'otherwise: ' + (($back.EnumerateRunes() | ForEach-Object { '{0:X4}' -f $_.Value }) -join ' ')
        }
    }

    @{ Came = $came; Answer = $sent }
}

function Test-AddressCount($site, $version, $count) {
    $field = if ($version -eq 'v4') { 'info.emails.email' } else { 'email.email' }
    $addresses = @(1..$count | ForEach-Object { "nobody$_@example.com" })
    $body =
        ConvertTo-Json -Compress -Depth 6 -InputObject @{ query = @{ filter = @{ $field = @{ '$in' = $addresses } } } }
    $answer = Send-LiveRequest -Site $site -Method POST -Path "contacts/$version/contacts/query" -Body $body
    @{ Came = "$($answer.Status)"; Answer = $answer }
}

function Test-Sorting($site, $field) {
    $query = "conversationId=$($site.ConversationId)&visibility=BUSINESS&sorting.fieldName=$field&sorting.order=ASC"
    $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?$query"
    $sequences = if ($answer.Status -eq 200) {
        @($answer.Json['messages'] | ForEach-Object { [decimal] $_['sequence'] })
    }
    $came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer }
    elseif (($sequences -join ' ') -eq (@($sequences | Sort-Object) -join ' ')) { 'yes' } else { 'no' }
    @{ Came = $came; Answer = $answer }
}

function New-Question(
    [string] $id,
    [string] $question,
    [string] $assumed,
    [scriptblock] $ask,
    [switch] $writes,
    [switch] $burst
) {
    [pscustomobject]@{
        PSTypeName = 'WixInbox.LiveQuestion'
        Id = $id
        Question = $question
        Assumed = $assumed
        Writes = [bool] $writes
        Burst = [bool] $burst
        Ask = $ask
    }
}

function Get-LiveQuestion {
    <#
    .SYNOPSIS
        Gets the questions, in the order in which they are asked.
    #>
    [CmdletBinding()]
    [OutputType('WixInbox.LiveQuestion')]
    param()

    # Who may ask.
    New-Question signed 'May this key or token read messages?' '404 CONVERSATION_NOT_FOUND' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?conversationId=$Nobody&visibility=BUSINESS&paging.limit=1"
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-send 'May it send? (A message without content, which cannot arrive.)' '400 message' {
        param($site)
        $answer =
            Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body "{`"conversationId`":`"$Nobody`"}"
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-read-contacts 'May it read contacts (v4)?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"paging":{"limit":1}}}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-read-contacts-v5 'May it read contacts (v5)?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v5/contacts/query -Body '{"query":{"cursorPaging":{"limit":1}}}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-read-labels 'May it read the labels of contacts?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path contacts/v4/labels
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-upload 'May it upload to the Media Manager? (Only an address is asked for.)' '200' {
        param($site)
        $body = '{"mimeType":"image/png","fileName":"wixinbox.png","sizeInBytes":"1"}'
        $path = 'site-media/v1/files/generate-upload-url'
        $answer = Send-LiveRequest -Site $site -Method POST -Path $path -Body $body
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question may-upload-channels 'And to Communication Channels Media?' '200' {
        param($site)
        $body = '{"mimeType":"image/png","fileName":"wixinbox.png"}'
        $path = 'communication-channels-media/v1/upload-url'
        $answer = Send-LiveRequest -Site $site -Method POST -Path $path -Body $body
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question bearer 'Is the secret taken with the word Bearer?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"paging":{"limit":1}}}' -Authorization "Bearer $($site.Secret)"
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question unsigned 'What is a request without a secret answered?' '401' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"paging":{"limit":1}}}' -Authorization ''
        @{ Came = "$($answer.Status)"; Answer = $answer }
    }

    # What does not exist.
    New-Question no-conversation-read 'What is a conversation answered that the site does not have?' '404 CONVERSATION_NOT_FOUND' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/conversations/$Nobody"
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    # Where Wix should take the id after all, these two would make something.
    New-Question no-conversation-send 'And a message to it?' '404 CONVERSATION_NOT_FOUND' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body (
            New-MessageBody ([pscustomobject]@{ ConversationId = $Nobody }) 'WixInbox asks whether this arrives.'
        )
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question no-participant 'And the conversation of a contact that the site does not have?' '404' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/conversations -Body "{`"participantId`":{`"contactId`":`"$Nobody`"}}"
        @{ Came = "$($answer.Status)"; Answer = $answer }
    }
    New-Question no-contact 'And a contact that it does not have?' '404 CONTACT_NOT_FOUND' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path "contacts/v4/contacts/$Nobody"
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }

    # How a request may look.
    New-Question wrong-type 'Is a value of the wrong type refused with a message alone?' '400' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":[]}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question fields-outside 'Does primaryEmail come where fields names it, which is outside its list?' 'it does not come' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"fields":["primaryEmail"],"paging":{"limit":50}}}'
        $came = if ($answer.Status -ne 200) {
            Get-StatusAndCode $answer
        } elseif ($answer.Text.Contains('"primaryEmail"')) {
            'it comes'
        } else {
            'it does not come'
        }
        @{ Came = $came; Answer = $answer }
    }
    New-Question full-has-status 'Does every contact with an address have a status of subscription in the whole contact?' 'yes' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"filter":{"primaryInfo.email":{"$exists":true}},"paging":{"limit":50}}}'
        $without = if ($answer.Status -eq 200) {
            @(@($answer.Json['contacts']) | Where-Object { -not (Select-Part $_ 'primaryEmail.subscriptionStatus') })
        } else {
            @()
        }
        @{ Came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer } elseif ($without) { 'no' } else { 'yes' }
            Answer = $answer }
    }
    New-Question v5-has-status 'And in Contacts v5?' 'yes' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v5/contacts/query -Body '{"query":{"filter":{"email.email":{"$exists":true}},"cursorPaging":{"limit":100}}}'
        $without = if ($answer.Status -eq 200) {
            @(@($answer.Json['contacts']) | Where-Object { -not (Select-Part $_ 'email.subscriptionStatus.status') })
        } else {
            @()
        }
        @{ Came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer } elseif ($without) { 'no' } else { 'yes' }
            Answer = $answer }
    }
    New-Question any-address 'May contacts be looked for by any of their addresses (info.emails.email)?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"filter":{"info.emails.email":{"$in":["nobody@example.com"]}}}}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question by-status 'And by the status of subscription?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"filter":{"primaryEmail.subscriptionStatus":{"$in":["UNSUBSCRIBED"]}},"paging":{"limit":1}}}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question by-activity 'And by their last activity, in its order?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v4/contacts/query -Body '{"query":{"filter":{"lastActivity.activityDate":{"$gte":"2021-01-01T00:00:00.000Z"}},"sort":[{"fieldName":"lastActivity.activityDate","order":"ASC"}],"paging":{"limit":1}}}'
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question in-v4-100 'May 100 addresses be looked for at once (v4)?' '200' {
        param($site) Test-AddressCount $site v4 100
    }
    New-Question in-v4-101 'May 101 addresses be looked for at once (v4)?' '400' {
        param($site) Test-AddressCount $site v4 101
    }
    New-Question in-v5-100 'May 100 addresses be looked for at once (v5)?' '200' {
        param($site) Test-AddressCount $site v5 100
    }
    New-Question in-v5-101 'May 101 addresses be looked for at once (v5)?' '400' {
        param($site) Test-AddressCount $site v5 101
    }
    New-Question v5-field-unknown 'What is a field answered that Contacts v5 does not filter by?' '400' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path contacts/v5/contacts/query -Body '{"query":{"filter":{"memberInfo.memberId":{"$exists":true}}}}'
        @{ Came = "$($answer.Status)"; Answer = $answer }
    }
    New-Question storage-quota 'Does Communication Channels Media answer this key?' '200' {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path communication-channels-media/v1/storage-quota
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }

    # What is sent goes to the one conversation that the owner names, and only collaborators see it. No call of the API
    # takes it away again.
    New-Question camel-case 'Is a message taken with keys in camelCase?' '200' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body (
            New-MessageBody $site 'WixInbox asks: camelCase.'
        )
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question snake-case 'And with keys in snake_case?' '200' -writes {
        param($site)
        $body = "{`"conversation_id`":`"$($site.ConversationId)`",`"message`":{`"content`":{`"preview_text`":`"WixInbox asks`",`"basic`":{`"items`":[{`"text`":`"WixInbox asks: snake_case.`"}]}},`"visibility`":`"BUSINESS`",`"direction`":`"BUSINESS_TO_PARTICIPANT`"}}"
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body $body
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question unknown-field 'Is a field ignored that there is not?' '200' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body (
            New-MessageBody $site 'WixInbox asks: an unknown field.' -request @{ thereIsNoSuchField = 1 }
        )
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question removed-fields 'Do the fields past their removal still do something (targetChannels)?' 'they come back' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body (
            New-MessageBody $site 'WixInbox asks: old fields.' -message @{ targetChannels = @('CHAT') } -request @{
                silent = $true
            }
        )
        $channels = @(Select-Part $answer.Json 'message.targetChannels')
        @{ Came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer } elseif ($channels -contains 'CHAT') { 'they come back' } else { 'they are ignored' }; Answer = $answer }
    }
    New-Question preview-limit 'Is a preview of 257 characters refused?' '400 message.content.previewText' -writes {
        param($site)
        $content = @{ previewText = 'x' * 257; basic = @{ items = @(@{ text = 'WixInbox asks: a long preview.' }) } }
        $body = ConvertTo-Json -Depth 10 -Compress -InputObject @{
            conversationId = $site.ConversationId
            message = @{ content = $content; visibility = 'BUSINESS'; direction = 'BUSINESS_TO_PARTICIPANT' }
        }
        $answer = Send-LiveRequest -Site $site -Method POST -Path inbox/v2/messages -Body $body
        @{ Came = Get-StatusAndCode $answer; Answer = $answer }
    }
    New-Question text-plain 'How does a text come back that has nothing particular?' 'as it was sent' -writes {
        param($site) Test-Text $site 'WixInbox asks: plain.'
    }
    New-Question text-blanks 'With blanks around and within it?' 'as it was sent' -writes {
        param($site) Test-Text $site '  WixInbox  asks:  blanks.  '
    }
    New-Question text-lines 'With line ends of Windows?' 'as it was sent' -writes {
        param($site) Test-Text $site "WixInbox asks:`r`nlines`n`nand more."
    }
    New-Question text-nfc 'With letters in parts (NFD)?' 'as it was sent' -writes {
        param($site) Test-Text $site "WixInbox asks: gru$([char] 0x0308)n."
    }
    New-Question text-emoji 'With emoji of several code points?' 'as it was sent' -writes {
        param($site) Test-Text $site "WixInbox asks: $([char]::ConvertFromUtf32(0x1F469))$([char] 0x200D)$([char]::ConvertFromUtf32(0x1F680))."
    }
    New-Question text-html 'With HTML?' 'as it was sent' -writes {
        param($site) Test-Text $site 'WixInbox asks: <b>bold</b> &amp; &.'
    }
    New-Question text-link 'With a link?' 'as it was sent' -writes {
        param($site) Test-Text $site 'WixInbox asks: https://example.com/?a=1&b=2.'
    }

    # How messages are read.
    New-Question order 'Are the newest messages first?' 'yes' -writes {
        param($site)
        $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?conversationId=$($site.ConversationId)&visibility=BUSINESS"
        $sequences = if ($answer.Status -eq 200) {
            @(@($answer.Json['messages']) | ForEach-Object { [decimal] $_['sequence'] })
        } else {
            @()
        }
        $sorted = @($sequences | Sort-Object -Descending)
        @{ Came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer } elseif (($sequences -join ' ') -eq ($sorted -join ' ')) { 'yes' } else { 'no' }; Answer = $answer }
    }
    New-Question sort-message-sequence 'Are the oldest first where message_sequence is asked for?' 'yes' -writes {
        param($site)
        Test-Sorting $site message_sequence
    }
    New-Question sort-sequence 'And where sequence is?' 'yes' -writes { param($site) Test-Sorting $site sequence }
    New-Question page-size 'May a page have more than 30 messages?' 'yes' -writes {
        param($site)
        $query = "conversationId=$($site.ConversationId)&visibility=BUSINESS&paging.limit=100"
        $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?$query"
        $count = @($answer.Json['messages']).Count
        $came = if ($answer.Status -ne 200) { Get-StatusAndCode $answer } elseif ($count -gt 30) { 'yes' }
        elseif (Select-Part $answer.Json 'pagingMetadata.cursors.next') { "no, $count" }
        else { "not known: the conversation has $count" }
        @{ Came = $came; Answer = $answer }
    }
    New-Question paging 'Does the second page go on where the first one ends?' 'yes' -writes {
        param($site)
        $path = "inbox/v2/messages?conversationId=$($site.ConversationId)&visibility=BUSINESS&paging.limit="
        $whole = Send-LiveRequest -Site $site -Method GET -Path "${path}4"
        $first = Send-LiveRequest -Site $site -Method GET -Path "${path}2"
        $came = if ($first.Status -ne 200) { Get-StatusAndCode $first } else {
            $cursor = Select-Part $first.Json 'pagingMetadata.cursors.next'
            $second = Send-LiveRequest -Site $site -Method GET -Path "${path}2&paging.cursor=$([uri]::EscapeDataString("$cursor"))"
            $ids = @($first, $second | ForEach-Object { @($_.Json['messages']) } | ForEach-Object { $_['id'] })
            if (($ids -join ' ') -eq (@(@($whole.Json['messages']) | ForEach-Object { $_['id'] }) -join ' ')) {
                'yes'
            } else {
                'no'
            }
        }
        @{ Came = $came; Answer = $first }
    }
    New-Question burst 'How is a burst of requests answered, and with which time to wait? (It stops at the first refusal, or after 250.)' '429 after 200, no time' -burst {
        param($site)
        foreach ($number in 1..250) {
            $answer = Send-LiveRequest -Site $site -Method GET -Path "inbox/v2/messages?conversationId=$Nobody&visibility=BUSINESS&paging.limit=1"
            if ($answer.Status -notin 200, 404) { break }
        }

        $came = if ($answer.Status -in 200, 404) {
            'no refusal in 250'
        } else {
            "$($answer.Status) after $($number - 1), $(if ($answer.RetryAfter) { "$($answer.RetryAfter) to wait" } else { 'no time' })"
        }
        @{ Came = $came; Answer = $answer }
    }
}

function Invoke-LiveQuestion {
    <#
    .SYNOPSIS
        Asks questions of a site, and tells what was assumed and what came. After a 429, no further one is asked.
    #>
    [CmdletBinding()]
    [OutputType('WixInbox.LiveAnswer')]
    param(
        [Parameter(Mandatory)]
        [psobject] $Site,

        # What makes the requests: a network of its own by default.
        [System.Net.Http.HttpMessageHandler] $Handler,

        [Parameter(Mandatory, ValueFromPipeline)]
        [PSTypeName('WixInbox.LiveQuestion')]
        [psobject] $Question
    )

    begin {
        $client = if ($Handler) { [System.Net.Http.HttpClient]::new($Handler, $false) } else {
            [System.Net.Http.HttpClient]::new([System.Net.Http.HttpClientHandler]@{ AllowAutoRedirect = $false })
        }
        $asked = $Site | Select-Object -Property *, @{ Name = 'Client'; Expression = { $client } }
    }

    process {
        $came = if ($Site.PSObject.Properties['IsThrottled']) {
            @{ Came = 'not asked: Wix has asked to wait (429)'; Answer = $null }
        }
        elseif ($Question.Writes -and -not $Site.ConversationId) {
            @{ Came = 'not asked: no conversation is named'; Answer = $null }
        }
        elseif ($Question.Burst -and -not $Site.Burst) {
            @{ Came = 'not asked: a burst is not allowed'; Answer = $null }
        }
        else {
            try {
                & $Question.Ask $asked
            } catch { @{ Came = "no answer: $($_.Exception.GetBaseException().Message)"; Answer = $null } }
        }
        if ($came.Answer.Status -eq 429) {
            Add-Member -InputObject $Site -NotePropertyName IsThrottled -NotePropertyValue $true -Force
        }

        [pscustomobject]@{
            PSTypeName = 'WixInbox.LiveAnswer'
            Id         = $Question.Id
            Question   = $Question.Question
            Assumed    = $Question.Assumed
            Came       = $came.Came
            IsAsAssumed = $came.Came -eq $Question.Assumed
            WasAsked   = $null -ne $came.Answer -or $came.Came -like 'no answer*'
            RequestId  = $came.Answer.RequestId
            Status     = $came.Answer.Status
            RetryAfter = $came.Answer.RetryAfter
            Headers    = $came.Answer.Headers
            Shape      = $came.Answer.Shape
        }
    }

    end {
        $client.Dispose()
    }
}

Export-ModuleMember -Function Get-LiveSite, Get-LiveQuestion, Invoke-LiveQuestion
