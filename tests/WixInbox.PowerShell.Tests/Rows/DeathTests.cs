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
    [InlineData("Contact: Deceased", "yes", "no")]
    [InlineData("npsp__Deceased__c", "TRUE", "FALSE")]
    [InlineData("Deceased Date", "2024-02-11", "")]
    [InlineData("Date of Death", "11.02.2024", "0000-00-00")]
    [InlineData("Date of Death", "Feb 2024", "1/1/1900")]
    [InlineData("Death Date", "2/11/2024 12:00:00 AM", "NULL")]
    [InlineData("Year of Death", "2019", "")]
    [InlineData("Year of Death", "2019.0", "0")]
    [InlineData("Sterbedatum", "3. März 2019", "")]
    [InlineData("Date of Death", "approx. 2019", "")]
    [InlineData("Date of Death", "25/02/24", "never")]
    [InlineData("Deceased", "Died 2021", "No (2021)")]
    [InlineData("Deceased", "† 2019", "alive")]
    [InlineData("Deceased (Y/N)", "Y", "N")]
    [InlineData("Deceased", "Deceased member", "no")]
    [InlineData("Status", "Died", "Dormant")]
    [InlineData("Deceased", "2019-03-04", "n/a")]
    [InlineData("Verstorben", "ja", "nein")]
    [InlineData("Verstorben am", "4.3.2019", "")]
    [InlineData("Décédé(e)", "oui", "non")]
    [InlineData("Date de décès", "04/03/2019", "")]
    [InlineData("Fallecido", "sí", "no")]
    [InlineData("Deceduto", "sì", "no")]
    [InlineData("Overleden", "ja", "nee")]
    [InlineData("Falecida", "sim", "não")]
    [InlineData("Status", "Deceased", "Active")]
    [InlineData("Member Status", "Deceased.", "Lapsed")]
    [InlineData("Tags", "Choir; Deceased", "Choir")]
    [InlineData("Status", "Décédée", "Actif")]
    [InlineData("Status", "Verstorben", "Aktiv")]
    [InlineData("Newsletter", "deceased", "yes")]
    [InlineData("Do not email", "Deceased", "no")]
    public void Who_has_died_is_an_error_of_its_own_words(string column, string died, string other)
    {
        var rows = $"'{died}', '{other}' | ForEach-Object {{ "
            + $"[pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }}";

        Assert.Equal(["False", "True"], Engine.Run($"{rows} | Test-WixInboxMessage x").OutputOf("Valid"));
        var sent = Engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
        Assert.Contains(
            $"column {column}: '{died}' says that this person has died. If the column is about something else",
            sent.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(sent.Output);
    }

    [Theory]
    [InlineData("Deceased", "John Smith")]
    [InlineData("Spouse Deceased", "yes")]
    [InlineData("Deceased (Spouse)", "yes")]
    [InlineData("Deceased 2", "yes")]
    [InlineData("Date of Death (Pet)", "2024-01-01")]
    [InlineData("Deceased", "living")]
    [InlineData("Deadline", "2026-12-01")]
    [InlineData("Cause of Death", "")]
    [InlineData("Status", "Spouse deceased")]
    [InlineData("Notes", "Her deceased husband was a member")]
    public void What_is_said_of_somebody_else_is_none(string column, string cell)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }} | Send-WixInboxMessage x");

        Assert.Single(result.Output);
        Assert.Empty(result.Warnings);
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
    [InlineData("Deceased Name = 'John Smith'; Deceased = 'yes'")]
    [InlineData("Deceased Name = 'John Smith'; Deceased = 'Deceased'")]
    [InlineData("Deceased First Name = 'John'; Date of Death = '2026-11-01'")]
    [InlineData("Name of Deceased = 'John'; Death Date = '2026-11-01'")]
    [InlineData("Relationship to Deceased = 'Daughter'; Date of Death = '2026-11-01'")]
    [InlineData("Bereaved = 'Jane'; Date of Death = '2026-11-01'")]
    [InlineData("Pet = 'Rex'; Status = 'Deceased'")]
    [InlineData("Animal Name = 'Rex'; Species = 'Dog'; Deceased = 'Yes'")]
    [InlineData("Claimant = 'Ann'; Insured = 'Bob'; Date of Death = '2026-11-01'")]
    [InlineData("Informant = 'Ann'; Decedent = 'Bob'; Date of Death = '2026-11-01'")]
    [InlineData("Artist = 'Warhol'; Year of Death = '1987'")]
    public void Whoever_writes_to_those_who_are_left_has_the_dead_in_the_file(string columns) =>
        Assert.Single(Run(columns).Output);

    [Theory]
    [InlineData("Date of Death = '2024-05-01'; Burial Date = '2024-05-05'")]
    [InlineData("Deceased = 'yes'; Funeral Date = '2024-05-05'")]
    [InlineData("Deceased = 'Y'; Next of Kin = 'Bob'")]
    [InlineData("Deceased = 'yes'; Cancer Survivor = 'no'")]
    [InlineData("Deceased Date = '2024-05-01'; Executor Name = 'Bob'")]
    [InlineData("Deceased = 'yes'; Deceased Spouse Name = ''")]
    public void A_file_of_members_has_a_funeral_too(string columns) =>
        Assert.Equal(["ContactUnsubscribed"], Run(columns).ErrorIds);

    [Theory]
    [InlineData("Deceased = 'yes'; Unsubscribed = 'yes'")]
    [InlineData("Tags = 'Deceased,Unsubscribed'; Unsubscribed = ''")]
    [InlineData("Unsubscribed reason = 'Deceased'; Unsubscribed at = '2024-01-01'")]
    [InlineData("Deceased = 'Do not contact'")]
    public void Whoever_has_opted_out_too_has_done_so_for_the_address(string columns)
    {
        var result = Engine.Run(
            $"@{{ Email = 'a@example.com'; {Quoted(columns)} }}, @{{ Email = 'a@example.com' }} | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["False", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("spouse = [pscustomobject]@{ deceased = $true }", true)]
    [InlineData("attributes = [pscustomobject]@{ deceased = $true }", false)]
    public void Only_an_object_with_the_fields_of_the_person_says_it(string column, bool isSent) => Assert.Equal(
        isSent ? 1 : 0,
        Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {column} }} | Send-WixInboxMessage x").Output.Count);

    [Fact]
    public void A_widow_who_has_the_same_address_is_written_to()
    {
        Engine.Run("""
            $rows = @'
            First Name,Email,Deceased
            Ada,home@example.com,yes
            Bob,home@example.com,no
            '@ | ConvertFrom-Csv
            """);

        Assert.Equal(["False", "True"], Engine.Run("$rows | Test-WixInboxMessage x").OutputOf("Valid"));

        // Looked up, and so not held back.
        Assert.Equal(
            ["ContactUnsubscribed", "ContactNotFound"], Engine.Run("$rows | Send-WixInboxMessage x").ErrorIds);
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
