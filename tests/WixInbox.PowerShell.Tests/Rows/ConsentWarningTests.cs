namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Where it is not certain that somebody has unsubscribed, a warning says so.</summary>
public sealed class ConsentWarningTests : RowRuns
{
    private const string Advice = "nobody is left out for it: the names that are known are in Get-Help "
        + "about_WixInbox_BulkSend. Give it one of them, or leave those rows out with Where-Object.";

    [Theory]
    [InlineData("GDPR consent", 1)]
    [InlineData("Unsubscribed from SMS", 1)]
    [InlineData("Unsubscribed", 0)]
    [InlineData("Subscription plan", 0)]
    [InlineData("IsExcludedFromCampaigns", 0)]
    [InlineData("IsExcludedFromCampaigns", 1, "yes")]
    [InlineData("Werbung per Post", 1, "nein")]
    [InlineData("OK to send mail", 1, "no")]
    [InlineData("Marketing source", 0, "Google")]
    [InlineData("Subscribers", 0, "0")]
    [InlineData("VIP", 0, "yes")]
    [InlineData("Order shipped", 0, "no")]
    [InlineData("Terms accepted", 0, "no")]
    [InlineData("Email verified", 0, "no")]
    [InlineData("Bewerber", 0, "ja")]
    [InlineData("Email", 1, "no")]
    [InlineData("Contact Email", 1, "Y")]
    [InlineData("Contact Email", 0, "n/a")]
    [InlineData("GDPR", 1, "no")]
    [InlineData("GDPR", 0, "article 6")]
    [InlineData("Opt In/Out", 1, "Out")]
    [InlineData("OPTIN_TIME", 0, "2026-01-02")]
    [InlineData("Einwilligung", 1, "nein")]
    [InlineData("Toestemming", 1, "nee")]
    [InlineData("Robinsonliste", 1, "ja")]
    [InlineData("Robinson Crusoe", 0, "ja")]
    [InlineData("Kontaktsperre", 1, "x")]
    [InlineData("Désinscription newsletter", 1, "oui")]
    [InlineData("Abmeldung", 1, "ja")]
    [InlineData("Abmeldung", 0, "bis Freitag")]
    [InlineData("Abmeldefrist", 0, "ja")]
    [InlineData("Kontakt erlaubt", 1, "nein")]
    [InlineData("Kontaktart", 0, "nein")]
    [InlineData("Baja", 1, "sí")]
    [InlineData("Baja California", 0, "sí")]
    [InlineData("Unsubscribe link", 0, "https://x.example/u?id=5")]
    [InlineData("DNC Labs", 0, "yes")]
    [InlineData("Dernier contact", 0, "non")]
    [InlineData("Blocked", 1, "yes")]
    [InlineData("Blocked seats", 0, "yes")]
    [InlineData("Widerruf", 1, "ja")]
    [InlineData("Widerrufsfrist", 0, "ja")]
    [InlineData("Opposition", 1, "oui")]
    [InlineData("Sperrvermerk", 1)]
    [InlineData("Lista negra", 1)]
    [InlineData("Suscripción", 1, "no")]
    [InlineData("订阅", 1, "否")]
    public void A_column_that_may_mean_it_is_a_warning(string column, int warnings, string value = "")
    {
        var result = Engine.Run(
            $"1, 2 | ForEach-Object {{ @{{ ConversationId = (New-Guid); '{column}' = '{value}' }} }} | "
                + "Send-WixInboxMessage x");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(
            warnings,
            result.Warnings.Count(warning =>
                warning.StartsWith($"Column {column} may say who wants no messages", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("properties = @{ email_optout_state = 'true' }", "properties.email_optout_state", 1)]
    [InlineData("customer = @{ prefs = @{ gdpr_consent = 'no' } }", "customer.prefs.gdpr_consent", 1)]
    [InlineData(
        "a = @{ subscriptions = @{ email = @{ marketing = @{ consent = 'x' } } } }",
        "a.subscriptions.email.marketing.consent",
        1)]
    [InlineData("prefs = @{ campaigns = $false }", "prefs.campaigns", 1)]
    [InlineData("prefs = @{ campaigns = 'none' }", "prefs.campaigns", 0)]
    [InlineData("lists = @(@{ sms_unsub = '' }, @{ sms_unsub = '' })", "lists.sms_unsub", 1)]
    [InlineData("gdpr_consent = @{ given = 'no' }", "gdpr_consent", 1)]
    [InlineData("email_consent = @{ level = 'low'; source = 'web' }", "email_consent", 1)]
    [InlineData("email_consent = @{ level = 'low'; status = 'given' }", "email_consent", 0)]
    [InlineData("address = @{ city = 'Rome' }", "address", 0)]
    public void So_is_one_that_stands_in_an_object(string cell, string column, int warnings)
    {
        foreach (var made in new[] { cell, cell.Replace("@{", "[pscustomobject]@{", StringComparison.Ordinal) })
        {
            var result = Engine.Run(
                $"1, 2 | ForEach-Object {{ [pscustomobject]@{{ ConversationId = (New-Guid); {made} }} }} | "
                    + "Send-WixInboxMessage x");

            Assert.Equal(2, result.Output.Count);
            Assert.Equal(warnings, result.Warnings.Count(IsOfConsent));
            Assert.Equal(
                warnings,
                result.Warnings.Count(warning => warning.StartsWith(
                    $"Column {column} may say who wants no messages", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void So_is_a_word_that_stands_in_an_object()
    {
        var result = Engine.Run(
            "@{ ConversationId = $c; Person = @{ Category = 'Unsubscribed' } } | Test-WixInboxMessage x");

        Assert.StartsWith(
            "Column Person.Category says 'Unsubscribed' in 1 row (1)",
            Assert.Single(result.Warnings, IsOfConsent),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tags", "System.Object[]", 1)]
    [InlineData("Email status", "System.String[]", 1)]
    [InlineData("Newsletter", "System.Collections.Generic.List`1[System.String]", 1)]
    [InlineData("Labels", "System.Collections.Hashtable", 1)]
    [InlineData("Labels", "<>z__ReadOnlyList`1[System.String]", 1)]
    [InlineData("Labels", "System administrators", 0)]
    [InlineData("Colours", "System.Object[]", 0)]
    public void A_list_that_was_exported_by_the_name_of_its_type_is_told_of_once(
        string column, string cell, int warnings)
    {
        var result = Engine.Run(
            $"1..3 | ForEach-Object {{ [pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = '{cell}' }} }} | "
                + "Send-WixInboxMessage x");

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(warnings, result.Warnings.Count(IsOfConsent));
        Assert.Equal(
            warnings,
            result.Warnings.Count(warning => warning.StartsWith(
                $"Row 1: column {column}: '{cell}' is what Export-Csv writes in place of a list.",
                StringComparison.Ordinal)));
    }

    [Fact]
    public void The_warning_of_a_column_comes_once_however_the_columns_of_the_rows_change()
    {
        var result = Engine.Run("""
            $one = [pscustomobject]@{ ConversationId = (New-Guid); 'GDPR consent' = '' }
            $other = [pscustomobject]@{ ConversationId = (New-Guid); 'GDPR consent' = ''; Order = 1 }
            $one, $other, $one, $other | Send-WixInboxMessage x
            """);

        Assert.Single(
            result.Warnings, warning => warning.StartsWith("Column GDPR consent may say", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_columns_that_may_mean_it_are_one_warning_with_the_first_of_them_and_the_count_of_the_others()
    {
        var result = Engine.Run("""
            [pscustomobject]@{
                ConversationId = $c; 'GDPR consent' = 1; 'SMS unsub' = 1; 'SMS opt-out' = 1; 'Consent date' = 1
            } | Send-WixInboxMessage x
            """);

        Assert.StartsWith(
            "Columns GDPR consent, SMS unsub, SMS opt-out and 1 more may say who wants no messages, and nobody",
            Assert.Single(result.Warnings, IsOfConsent),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_of_rows_say_nothing_of_somebody_who_was_typed()
    {
        var result = Engine.Run("""
            [pscustomobject]@{ 'GDPR consent' = ''; Category = 'Unsubscribed' } |
                Send-WixInboxMessage x -ConversationId $c
            """);

        Assert.Single(result.Output);
        Assert.DoesNotContain(result.Warnings, IsOfConsent);
    }

    [Theory]
    [InlineData("$row | ForEach-Object { $_ | Send-WixInboxMessage x -ConversationId $c }", 1)]
    [InlineData("Send-WixInboxMessage x -InputObject $row -ConversationId $c", 1)]
    [InlineData("$row, $row | ForEach-Object { $_ } | Send-WixInboxMessage x -ConversationId $c", 0)]
    [InlineData("$row | Send-WixInboxMessage x -ConversationId $c -IncludeUnsubscribed", 0)]
    [InlineData("@{ Order = 5 } | Send-WixInboxMessage x -ConversationId $c", 0)]
    public void Whoever_types_somebody_for_a_single_row_is_told_what_it_says(string script, int warnings)
    {
        Engine.Run("$row = [pscustomobject]@{ 'Work mail' = 'ada@example.com'; Unsubscribed = 'yes' }");

        var result = Engine.Run(script);

        Assert.NotEmpty(result.Output);
        Assert.Equal(
            warnings,
            result.Warnings.Count(warning => warning.StartsWith(
                warnings == 1 && script.StartsWith('S')
                    ? $"Column Unsubscribed has 'yes', and the message goes to conversation {Engine.Guid1} nevertheless"
                    : "Row 1: column Unsubscribed has 'yes', and the message goes to conversation",
                StringComparison.Ordinal)));
    }

    [Fact]
    public void A_row_that_is_left_out_needs_no_warning_of_a_word()
    {
        var result = Engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'yes'; Category = 'Unsubscribed' } |
                Send-WixInboxMessage x
            """);

        Assert.Empty(result.Output);
        Assert.DoesNotContain(result.Warnings, IsOfConsent);
    }

    [Fact]
    public void A_single_row_with_a_word_is_told_of_once()
    {
        const string Row = "[pscustomobject]@{ ConversationId = $c; Category = ' Unsubscribed ' }";

        Assert.Equal(
            "Row 1: column Category: 'Unsubscribed' may say that this person wants no messages, and " + Advice
                + " Further such rows are counted at the end.",
            Assert.Single(Engine.Run($"{Row} | Send-WixInboxMessage x").Warnings, IsOfConsent));
        Assert.Equal(
            "Column Category says 'Unsubscribed' in 1 row (1), by which these people may want no messages, and "
                + Advice,
            Assert.Single(Engine.Run($"{Row} | Test-WixInboxMessage x").Warnings, IsOfConsent));
    }

    [Fact]
    public void A_word_is_found_in_an_object_of_a_class_too_and_what_is_computed_is_left_alone()
    {
        var result = Engine.Run("""
            class Person { [string] $ConversationId; [string] $Category }
            $one = [Person]@{ ConversationId = $c; Category = 'Unsubscribed' }
            $other = [pscustomobject]@{ ConversationId = (New-Guid) }
            $other.PSObject.Properties.Add([psscriptproperty]::new('Computed', { 'Unsubscribed' }))
            $one, $other | Send-WixInboxMessage x
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith(
            "Row 1: column Category: 'Unsubscribed' may say",
            Assert.Single(result.Warnings, IsOfConsent),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Category", "Unsubscribed")]
    [InlineData("SMS status", "OPTED_OUT")]
    [InlineData("Note", "Do not contact!")]
    [InlineData("Remarque", "désabonnée")]
    [InlineData("Notes", "DNC")]
    [InlineData("Notes", "Keine Werbung")]
    [InlineData("Notes", "Ne pas contacter")]
    [InlineData("Email status", "Not subscribed")]
    [InlineData("Email campaigns", "Blocklisted")]
    [InlineData("Bulk post", "Do Not Allow")]
    [InlineData("Send Marketing Materials", "Do Not Send")]
    [InlineData("Notes", "Please do not email")]
    [InlineData("Notes", "Bitte nicht kontaktieren.")]
    [InlineData("Notes", "Unsubscribed 2026")]
    [InlineData("Notes", "unsubscribe")]
    [InlineData("Notes", "asked not to be contacted")]
    [InlineData("Notes", "Please remove me from your list")]
    [InlineData("Notes", "wants no emails")]
    [InlineData("備考", "配信停止")]
    [InlineData("备注", "退订")]
    [InlineData("Newsletter", "inactive")]
    [InlineData("Newsletter", "nooo")]
    [InlineData("Client Status", "Opted out of emails")]
    [InlineData("Client Status", "Opted out of email")]
    [InlineData("Client Status", "Has opted out")]
    [InlineData("Notes", "Remove from mailing list")]
    [InlineData("Solicit Codes", "Do not send email")]
    [InlineData("Comments", "No longer wants emails")]
    [InlineData("On Hold", "On Hold Opt Out")]
    [InlineData("Email-On Hold", "On Hold Opt Out")]
    public void A_word_that_means_it_is_a_warning_in_any_column(string column, string word)
    {
        var rows = $"'{word}', 'x', '{word}', '' | ForEach-Object {{ "
            + $"[pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }}";

        var sent = Engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(4, sent.Output.Count);
        var told = sent.Warnings.Where(warning => warning.Contains($"'{word}'", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, told.Length);
        Assert.StartsWith(
            $"Row 1: column {column}: '{word}' may say that this person wants no messages",
            told[0],
            StringComparison.Ordinal);
        Assert.StartsWith($"Column {column} says '{word}' in 2 rows (1, 3)", told[1], StringComparison.Ordinal);
        Assert.Single(
            Engine.Run($"{rows} | Test-WixInboxMessage x").Warnings,
            warning => warning.Contains("2 rows (1, 3)", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Engine.Run($"{rows} | Send-WixInboxMessage x -IncludeUnsubscribed").Warnings,
            warning => warning.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Newsletter", "weekly")]
    [InlineData("Newsletter", "HTML")]
    [InlineData("Newsletter", "Product news")]
    [InlineData("Newsletter", "#N/A")]
    [InlineData("Newsletter", "2024-03-01")]
    [InlineData("Subscription status", "trialing")]
    [InlineData("Interests", "inactive")]
    public void A_word_that_says_something_else_is_none(string column, string word) => Assert.DoesNotContain(
        Engine.Run($"@{{ ConversationId = $c; '{column}' = '{word}' }} | Send-WixInboxMessage x").Warnings,
        IsOfConsent);

    [Fact]
    public void People_with_different_words_are_counted_under_no_word_that_is_not_theirs()
    {
        var told = Engine.Run("""
            'inactive', 'paused', 'inactive', '' |
                ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Newsletter = $_ } } |
                Send-WixInboxMessage x
            """).Warnings.Where(IsOfConsent).ToArray();

        Assert.Equal(2, told.Length);
        Assert.StartsWith("Row 1: column Newsletter: 'inactive' may say", told[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Column Newsletter says 'inactive' or 'paused' in 3 rows (1, 2, 3)", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_different_words_the_first_are_named()
    {
        var result = Engine.Run("""
            'a', 'b', 'c', 'd', 'e' |
                ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Newsletter = "lost$_" } } |
                Test-WixInboxMessage x
            """);

        Assert.StartsWith(
            "Column Newsletter says 'losta', 'lostb', 'lostc' or something else in 5 rows (1, 2, 3, 4, 5)",
            Assert.Single(result.Warnings, IsOfConsent),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_which_its_name_has_told_is_told_of_once_more_with_the_count()
    {
        var told = Engine.Run("""
            'Unsubscribed', '', 'Unsubscribed' |
                ForEach-Object { @{ ConversationId = New-Guid; 'Unsubscribed from' = $_ } } |
                Send-WixInboxMessage x
            """).Warnings.Where(IsOfConsent).ToArray();

        Assert.Equal(2, told.Length);
        Assert.Equal("Column Unsubscribed from may say who wants no messages, and " + Advice, told[0]);
        Assert.Equal(
            "Column Unsubscribed from says 'Unsubscribed' in 2 rows (1, 3), by which these people may want no "
                + "messages, and nobody is left out for it.",
            told[1]);
    }

    [Theory]
    [InlineData("VIP; Unsubscribed", "Unsubscribed")]
    [InlineData("Unsubscribed|VIP", "Unsubscribed")]
    [InlineData("VIP, opt-out , Gold", "opt-out")]
    [InlineData("Called on 3 March, paid the bill at once; DNC", "DNC")]
    [InlineData("VIP\nDo not contact", "Do not contact")]
    [InlineData("Stammkunde, keine Werbung", "keine Werbung")]
    [InlineData("VIP, do not contact", "do not contact")]
    [InlineData("Cliente; no contactar", "no contactar")]
    [InlineData("Unsubscribed ::: * myContacts", "Unsubscribed")]
    [InlineData("VIP / Unsubscribed", "Unsubscribed")]
    [InlineData("VIP & DNC", "DNC")]
    [InlineData("[\"VIP\",\"Unsubscribed\"]", "Unsubscribed")]
    [InlineData("Grace (do not contact)", "do not contact")]
    [InlineData("UNSUBSCRIBED 12/3", "UNSUBSCRIBED")]
    [InlineData("zzUNSUBSCRIBED Bob", "UNSUBSCRIBED")]
    [InlineData("Call her: DO NOT EMAIL again", "DO NOT EMAIL")]
    public void A_list_with_such_a_word_is_one_too(string list, string word)
    {
        Engine.Set("list", list);

        var result = Engine.Run("@{ ConversationId = $c; Notes = $list } | Send-WixInboxMessage x");

        Assert.Single(result.Output);
        Assert.StartsWith(
            $"Row 1: column Notes: '{word}' may say that this person wants no messages",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(401, 0)]
    public void A_long_text_is_no_list(int length, int warnings)
    {
        const string End = "; unsubscribed";
        Engine.Set("text", new string('x', length - End.Length) + End);

        var result = Engine.Run("@{ ConversationId = $c; Notes = $text } | Send-WixInboxMessage x");

        Assert.Equal(warnings, result.Warnings.Count);
    }

    [Theory]
    [InlineData("'VIP', 'Unsubscribed'", 1)]
    [InlineData("@('DNC')", 1)]
    [InlineData("'VIP', 'never unsubscribed', 5, $null", 0)]
    [InlineData("@()", 0)]
    public void So_is_one_of_several_values(string values, int warnings)
    {
        var result = Engine.Run(
            $"@{{ ConversationId = $c; Interests = {values} }}, "
                + $"[pscustomobject]@{{ ConversationId = New-Guid; Interests = {values} }} | Test-WixInboxMessage x");

        Assert.Equal(["True", "True"], result.OutputOf("Valid"));
        Assert.Equal(warnings, result.Warnings.Count(one => one.Contains("in 2 rows", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Note", "has unsubscribed from SMS")]
    [InlineData("Note", "He called, unsubscribed, and came back later.")]
    [InlineData("Note", "He called us, unsubscribed")]
    [InlineData("Note", "Sie hat sich gemeldet, abgemeldet, und wieder angemeldet.")]
    [InlineData("Note", "Appelé, puis désabonné, et il est revenu")]
    [InlineData("Note", "Llamó, luego desuscrito, y volvió otra vez")]
    [InlineData("Note", "VIP; never unsubscribed; Gold")]
    [InlineData("Note", "Kein Kontakt; no contact yet")]
    [InlineData("Plan", "Not subscribed")]
    [InlineData("Note", "https://x.example/?a=1;unsubscribed=0")]
    [InlineData("Status", "never unsubscribed")]
    [InlineData("Condition", "Immunosuppressed")]
    [InlineData("Note", "VIP, NEVER UNSUBSCRIBED, GOLD")]
    public void A_word_among_others_is_none(string column, string value)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{value}' }} | Send-WixInboxMessage x");

        Assert.Single(result.Output);
        Assert.DoesNotContain(
            result.Warnings, warning => warning.Contains("wants no messages", StringComparison.Ordinal));
    }
    private static bool IsOfConsent(string warning) =>
        warning.Contains("no messages", StringComparison.Ordinal);
}
