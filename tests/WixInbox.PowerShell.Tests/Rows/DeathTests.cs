namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Who has died is not written to, and whoever has the same address is.</summary>
public sealed class DeathTests : RowRuns
{
    [Theory]
    [InlineData("Deceased", "Yes", "No")]
    [InlineData("Deceased?", "1", "0")]
    [InlineData("Is Deceased", "true", "false")]
    [InlineData("is_deceased", "1", "")]
    [InlineData("DECEASED", "Y", "N")]
    [InlineData("Deceased Flag", "TRUE", "FALSE")]
    [InlineData("Deceased (Y/N)", "Y", "N")]
    [InlineData("Deceased (0/1)", "1", "0")]
    [InlineData("Contact: Deceased", "yes", "no")]
    [InlineData("npsp__Deceased__c", "TRUE", "FALSE")]
    [InlineData("c.Deceased", "yes", "no")]
    [InlineData("Deceased", "Yes, in March", "No, moved")]
    [InlineData("Deceased", "Presumed deceased", "not deceased")]
    [InlineData("Deceased", "Deceased", "n/a")]
    [InlineData("Deceased Date", "2024-02-11", "")]
    [InlineData("Date of Death", "11.02.2024", "0000-00-00")]
    [InlineData("Date of Death", "Feb 2024", "1/1/1900")]
    [InlineData("Date of Death (if applicable)", "2021-03-05", "never")]
    [InlineData("Death Date", "2/11/2024 12:00:00 AM", "NULL")]
    [InlineData("Year of Death", "2019.0", "0")]
    [InlineData("Sterbedatum", "3. März 2019", "")]
    [InlineData("Verstorben", "ja", "nein")]
    [InlineData("Verstorben", "verstorben im März", "nein")]
    [InlineData("Verstorben am", "4.3.2019", "")]
    [InlineData("Décédé(e)", "oui", "non")]
    [InlineData("Date de décès", "3 mars 2019", "")]
    [InlineData("Fallecido", "sí", "no")]
    [InlineData("Deceduto", "sì", "no")]
    [InlineData("Overleden", "ja", "nee")]
    [InlineData("Falecida", "sim", "não")]
    [InlineData("Status", "Deceased", "Active")]
    [InlineData("Status", "Inactive - Deceased", "Inactive")]
    [InlineData("Status", "Recently deceased", "Not deceased")]
    [InlineData("Member Status", "Deceased.", "Lapsed")]
    [InlineData("Tags", "Choir; Deceased", "Choir")]
    [InlineData("Status", "Décédée", "Actif")]
    [InlineData("Status", "Verstorben", "Aktiv")]
    [InlineData("Newsletter", "deceased", "yes")]
    public void Who_has_died_is_an_error_of_its_own_words(string column, string died, string other)
    {
        var rows = $"'{died}', '{other}' | ForEach-Object {{ "
            + $"[pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }}";

        Assert.Equal(["False", "True"], Engine.Run($"{rows} | Test-WixInboxMessage x").OutputOf("Valid"));
        var sent = Engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
        Assert.Contains(
            $"column {column}: '{died}' says that this person has died.",
            sent.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(sent.Output);
    }

    [Theory]
    [InlineData("Spouse Deceased", "yes")]
    [InlineData("Deadline", "2026-12-01")]
    [InlineData("Cause of Death", "")]
    [InlineData("Year of Passing", "2019")]
    [InlineData("First Name", "Diede")]
    [InlineData("Notes", "Her deceased husband was a member")]
    public void What_is_said_of_somebody_else_is_none(string column, string cell)
    {
        var result = Run($"{column} = '{cell}'");

        Assert.Single(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData(
        "Deceased = 'John Smith'",
        "column Deceased: 'John Smith' is neither yes nor no, so this person may have died.")]
    [InlineData("Deceased = '2019-03-04'", "column Deceased: '2019-03-04' says that this person has died.")]
    [InlineData("Deceased (Spouse) = 'yes'", "column Deceased (Spouse): 'yes' says that this person has died.")]
    [InlineData("Deceased Name = 'John'; Date of Death = '2026-11-01'", "'2026-11-01' says that this person has died.")]
    public void In_a_file_of_the_bereaved_it_comes_with_what_leaves_the_column_out(string columns, string words)
    {
        var error = Assert.Single(Run(columns).Errors).ToString();

        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Contains(
            "this leaves it out before the command: Select-Object * -ExcludeProperty 'D",
            error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Marital Status", "Deceased")]
    [InlineData("Inactive Reason", "Deceased")]
    [InlineData("NOMAIL_REASON", "DECEASED")]
    [InlineData("Last Name", "Smith (deceased)")]
    [InlineData("Suffix", "(Deceased)")]
    public void The_word_in_any_column_is_a_warning(string column, string cell)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }} | Send-WixInboxMessage x");

        Assert.Single(result.Output);
        Assert.Contains(
            "may say that this person has died, and nobody", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Deceased = 'yes'; Unsubscribed = 'yes'")]
    [InlineData("Tags = 'Deceased,Unsubscribed'; Unsubscribed = ''")]
    [InlineData("Unsubscribed reason = 'Deceased'; Unsubscribed at = '2024-01-01'")]
    [InlineData("Deceased = 'Do not contact'")]
    [InlineData("Unsub Reason = 'Deceased'")]
    [InlineData("Do Not Contact = 'Deceased'")]
    [InlineData("Tags = 'Deceased,DNC'")]
    [InlineData("Deceased = 'Unsubscribed by admin'")]
    [InlineData("Deceased = 'yes, opted out too'")]
    [InlineData("Deceased = '2024 unsubscribing'")]
    [InlineData("Deceased = 'Deceased. Do not contact'")]
    [InlineData("Newsletter = 'no, deceased'")]
    [InlineData("Newsletter = 'no, deceased 2019'")]
    [InlineData("Newsletter = 'nein (verstorben)'")]
    [InlineData("Status = 'Deceased, wife asks not to be contacted'")]
    [InlineData("Status = 'Deceased. DNC'")]
    public void Whoever_has_opted_out_too_has_done_so_for_the_address(string columns)
    {
        var result = Engine.Run(
            $"[ordered]@{{ Email = 'a@example.com'; {Quoted(columns)} }}, @{{ Email = 'a@example.com' }} | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["False", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData(
        "Status = 'Deceased, unsubscribed by wife'",
        "column Status: 'Deceased, unsubscribed by wife' says that this person wants no messages.")]
    [InlineData("Status = 'Deceased DNC'", "column Status: 'Deceased DNC' says that this person wants no messages.")]
    [InlineData(
        "Deceased = 'yes'; Date of Death = '2026-11-01'", "column Deceased: 'yes' says that this person has died.")]
    public void What_is_said_is_that_somebody_opted_out_or_else_the_first_that_tells_of_the_death(
        string columns, string words) =>
        Assert.Contains(words, Assert.Single(Run(columns).Errors).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Deceased", "yes")]
    [InlineData("Status", "Inactive - Deceased")]
    [InlineData("Sterbedatum", "3. März 2019")]
    [InlineData("Date of Death", "2/11/2024 12:00:00 AM")]
    [InlineData("Verstorben", "verstorben 2019")]
    public void A_widow_who_has_the_same_address_is_written_to(string column, string died)
    {
        Engine.Run(
            $"$rows = @{{ Email = 'home@example.com'; '{column}' = '{died}' }}, @{{ Email = 'home@example.com' }}");

        Assert.Equal(["False", "True"], Engine.Run("$rows | Test-WixInboxMessage x").OutputOf("Valid"));

        // Looked up, and so not held back.
        Assert.Equal(
            ["ContactUnsubscribed", "ContactNotFound"], Engine.Run("$rows | Send-WixInboxMessage x").ErrorIds);
    }

    [Fact]
    public void So_is_one_who_is_found_by_the_address()
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.EndsWith("/contacts/query", StringComparison.Ordinal)
                ? StubHandler.Json(
                    200, $$$"""{"contacts":[{"id":"{{{Engine.Guid2}}}","email":{"email":"home@example.com"}}]}""")
                : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run(
            "@{ Email = 'home@example.com'; Deceased = 'yes' }, @{ Email = 'home@example.com' } | "
                + "Send-WixInboxMessage x");

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Whoever_has_the_same_id_is_the_same_person()
    {
        var result = Engine.Run(
            "@{ ContactId = $c; Deceased = 'yes' }, @{ ContactId = $c; Deceased = '' } | Send-WixInboxMessage x");

        Assert.Empty(result.Output);
        Assert.Contains(
            "Row 1 is for the same person, who has died.", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    private Result Run(string columns) =>
        Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {Quoted(columns)} }} | Send-WixInboxMessage x");

    private static string Quoted(string columns) =>
        string.Join("; ", columns.Split("; ").Select(column => $"'{column.Replace(" = ", "' = ")}"));
}
