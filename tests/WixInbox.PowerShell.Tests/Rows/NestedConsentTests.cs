namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Opt-outs in the objects and hashtables that stand in a row.</summary>
public sealed class NestedConsentTests : RowRuns
{
    [Fact]
    public void A_cell_of_a_row_that_stands_in_another_is_mended_there()
    {
        var error = Assert.Single(Engine.Run("""
            $row = [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'perhaps' }
            [pscustomobject]@{ ConversationId = $c; Person = $row } | Send-WixInboxMessage x
            """).Errors).ToString();

        Assert.Contains("or empty it. -IncludeUnsubscribed", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Group-Object Email", "-Email { $_.Name } -Text { \"Hi $($_.Group[0].Name)\" }")]
    [InlineData(
        "Group-Object Email | Select-Object @{ n = 'Email'; e = { $_.Name } }, @{ n = 'Orders'; e = { $_.Group } }",
        "-Text { \"Hi $($_.Orders[0].Name)\" }")]
    public void The_rows_that_a_row_is_made_of_are_heard_too(string group, string parameters)
    {
        var result = Engine.Run($$"""
            $rows = foreach ($name in 'ada', 'bob', 'ada') {
                [pscustomobject]@{ Name = $name; Email = "$name@example.com"; Unsubscribed = '' }
            }
            $rows[2].Unsubscribed = 'yes'
            $rows | {{group}} | Test-WixInboxMessage {{parameters}}
            """);

        Assert.Equal(["False", "True"], result.OutputOf("Valid"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Person = $row }")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Person = [pscustomobject]@{ Profile = $row } }")]
    [InlineData("[WixInbox.Conversation]@{ Id = $c } | Add-Member InputObject $row -PassThru")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Group = @([Consenting]@{ Unsubscribed = 'yes' }) }")]
    [InlineData("(@($row) | Group-Object ConversationId -AsHashTable).GetEnumerator()", "-ConversationId { $_.Key }")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Prefs = @{ Unsubscribed = $true } }")]
    [InlineData("@{ ConversationId = $c; Prefs = @{ Newsletter = $false } }")]
    [InlineData("[ordered]@{ ConversationId = $c; Prefs = [ordered]@{ Newsletter = $false } }")]
    [InlineData("@{ ConversationId = $c; Info = @{ primaryEmail = @{ subscriptionStatus = 'UNSUBSCRIBED' } } }")]
    [InlineData("@{ ConversationId = $c; Lists = @(@{ Id = 1 }, @{ Unsubscribed = 'yes' }) }")]
    [InlineData("@{ ConversationId = $c; a = @{ b = @{ c = @{ d = @{ 'Email consent' = 'UNSUBSCRIBED' } } } } }")]
    [InlineData("@{ ConversationId = $c; Prefs = ($map.Add('Opt out', 1), $map)[1] }")]
    [InlineData("('{\"ConversationId\":\"' + $c + '\",\"a\":{\"opt_in\":false}}' | ConvertFrom-Json -AsHashtable)")]
    [InlineData("@{ ConversationId = $c; meta = @{ key = '_x'; value = 5 }, @{ key = 'newsletter'; value = 'no' } }")]
    [InlineData("@{ ConversationId = $c; fields = @([pscustomobject]@{ name = 'Opt out'; value = $true }) }")]
    [InlineData("@{ ConversationId = $c; fields = @([pscustomobject]@{ label = 'newsletter'; value = 'no' }) }")]
    [InlineData("([pscustomobject]@{ ConversationId = $c; Person = $row } | ConvertTo-Csv | ConvertFrom-Csv)")]
    [InlineData("(@{ ConversationId = $c; Person = $row } | ConvertTo-Json -Depth 1 | ConvertFrom-Json)")]
    [InlineData("@{ ConversationId = $c; person = [pscustomobject]@{ name = 'A'; value = 12; unsubscribed = 'yes' } }")]
    [InlineData("@{ ConversationId = $c; Subscription = '@{email=unsubscribed; sms=subscribed}' }")]
    [InlineData("@{ ConversationId = $c; Person = '@{PSObject=1; Unsubscribed=yes}' }")]
    public void What_a_row_says_that_stands_in_another_is_heard(string row, string parameters = "")
    {
        var result = Engine.Run($$"""
            class Consenting { [string] $Unsubscribed }
            $map = [Collections.Generic.Dictionary[string, object]]::new()
            $row = [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'yes' }
            {{row}} | Send-WixInboxMessage {{parameters}} x
            """);

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = (New-Guid); Prefs = $null; Order = '1' }")]
    [InlineData("[pscustomobject]@{ ConversationId = (New-Guid); Prefs = 'none'; Order = '1' }")]
    [InlineData("@{ ConversationId = (New-Guid); Prefs = ''; Order = '1' }", "@{ Unsubscribed = 'yes' }")]
    [InlineData("[Mapped]@{ ConversationId = (New-Guid) }", "@{ Unsubscribed = 'yes' }")]
    [InlineData("[pscustomobject]@{ ConversationId = (New-Guid); Prefs = @{}; Order = '1' }")]
    [InlineData("[pscustomobject]@{ ConversationId = (New-Guid); Prefs = @(); Order = $prefs }")]
    [InlineData("[Person]@{ ConversationId = (New-Guid) }")]
    [InlineData("[Customer]@{ ConversationId = (New-Guid) }")]
    public void So_is_what_stands_in_a_later_row_where_the_first_has_nothing(
        string row, string prefs = "[Preferences]@{ Unsubscribed = 'yes' }")
    {
        var result = Engine.Run($$"""
            class Person { $ConversationId; $Prefs; $Order }
            class Preferences { [string] $Unsubscribed }
            class Customer { [string] $ConversationId; [Preferences] $Prefs; [object[]] $Order }
            class Mapped { [string] $ConversationId; [hashtable] $Prefs; [object[]] $Order }
            $prefs = [pscustomobject]@{ Unsubscribed = 'no' }
            $rows = foreach ($number in 1..4) { {{row}} }
            $rows[1].Prefs = {{prefs}}
            $rows[3].Order = @([pscustomobject]@{ Unsubscribed = 'yes' })
            $rows | Test-WixInboxMessage x
            """);

        Assert.Equal(["True", "False", "True", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("Get-WixInboxContact")]
    [InlineData("Get-WixInboxContact | Resolve-WixInboxConversation")]
    [InlineData("Resolve-WixInboxConversation | Get-WixInboxConversation")]
    [InlineData("Resolve-WixInboxConversation | Get-WixInboxConversation | Get-WixInboxConversation")]
    public void What_a_row_says_goes_along_with_what_was_found_for_it(string found)
    {
        Engine.Run("Connect-WixInbox -Sandbox -InformationAction Ignore");

        var result = Engine.Run($$"""
            @{ Email = 'ada@example.com'; Unsubscribed = 'yes' }, @{ Email = 'bob@example.com'; Unsubscribed = 'no' },
                @{ Email = 'ada@example.com'; Unsubscribed = 'no' } | {{found}} | Send-WixInboxMessage x
            """);

        Assert.Equal(["ContactUnsubscribed", "ContactUnsubscribed"], result.ErrorIds);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_row_that_names_somebody_is_one_though_it_stands_where_a_plan_does()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Plan = [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'yes' } },
                @{ ConversationId = New-Guid; Plan = [pscustomobject]@{ Unsubscribed = 'yes' } } |
                Test-WixInboxMessage x
            """);

        Assert.Equal(["False", "True"], result.OutputOf("Valid"));
    }

    [Fact]
    public void A_contact_of_two_rows_is_that_of_each()
    {
        Engine.Run("Connect-WixInbox -Sandbox -InformationAction Ignore");

        var found = Engine.Run("""
            $contacts = @{ Email = 'ada@example.com'; Order = 5 }, @{ Email = 'Ada@example.com'; Order = 6 } |
                Get-WixInboxContact
            $contacts | ForEach-Object { "$($_.Row) $($_.InputObject.Order)" }
            """);

        Assert.Equal(["1 5", "2 6"], found.Output.Select(line => line.ToString()));
        Assert.Empty(Engine.Run("Get-WixInboxContact ada@example.com").Output[0].Properties.Match("InputObject"));
    }

    [Theory]
    [InlineData("[pscustomobject]")]
    [InlineData("")]
    public void A_row_that_leads_back_to_itself_comes_to_an_end(string type)
    {
        var result = Engine.Run($$"""
            $row = {{type}} @{ ConversationId = $c; Parent = $null }
            $row.Parent = $row
            $row | Send-WixInboxMessage x
            """);

        Assert.Single(result.Output);
    }

    [Fact]
    public void Hashtables_that_are_content_are_no_rows()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Size = 'L' } | Send-WixInboxMessage -Form -Title x -Field {
                @{ Name = 'Newsletter'; Value = 'no' }, @{ Name = 'Size'; Value = $_.Size }
            }
            """);

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }
}
