namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>By which columns somebody has died, or may have died.</summary>
public sealed class DeathColumnTests : ConsentRuns
{
    [Theory]
    [InlineData(
        "error",
        "Donor Deceased|Contact Deceased|Contact is deceased|CnBio_Deceased|Constituent Deceased|"
            + "Primary Contact Is Deceased|Marked deceased|Deceased Status|Deceased Y/N|Deceased Ind|Died|Dead|"
            + "Person verstorben|Décès|Is dead|Kunde verstorben|Client décédé|Contacto fallecido|"
            + "Contatto deceduto|"
            + "Klant overleden|Difunto|Defunto",
        "Yes|Ja|x|1|true|2024-02-11|Deceased|Dead")]
    [InlineData(
        "error",
        "CnBio_Deceased_Date|Individual.deceased_date|Deceased Year|Deceased Since|Date Died|Verstorben seit|"
            + "Sterbejahr|Date décès|Year died|Contact: Date of death|Todesjahr|Année de décès|"
            + "Fecha fallecimiento|"
            + "Año de fallecimiento|Data decesso|Jaar van overlijden|Datum overlijden|Data do óbito",
        "2019-03-04|2019|March 2019")]
    [InlineData("nothing", "CnBio_Deceased_Date|Deceased Year|Date Died|Sterbejahr", "|NULL|0|0000-00-00|Living|no")]
    [InlineData("error", "Vital Status|Life status", "Dead|Deceased|Died|Tot|Verstorben")]
    [InlineData("nothing", "Vital Status|Life status", "Alive|Living|Unknown|Yes||No|1|0")]
    [InlineData(
        "nothing",
        "Deceased|Verstorben|Décédé|Fallecido|Deceduto|Overleden|Falecido|Contact Deceased|Deceased Status",
        "Living|Alive|living|Still alive|Not deceased|not dead|Lebend|lebt|Am Leben|Vivant|Vivante|En vie|Vivo|Viva|"
            + "Vivente|In vita|In leven|Levend|Com vida|Con vida|No|")]
    [InlineData("error", "Deceased|Verstorben", "Unknown|perhaps|Active")]
    public void Each_name_for_a_death_is_known(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning",
        "Mother Deceased|Guardian 1 Deceased|Father deceased|Deceased / Closed|Patient deceased|Mutter verstorben|"
            + "Head of household deceased|Date of Passing|Mère décédée|Deceased / Closed Date|Mother date of death",
        "2024-05-01")]
    [InlineData(
        "warning",
        "Mother Deceased|Guardian 1 Deceased|Father deceased|Deceased / Closed|Patient deceased|Mutter verstorben|"
            + "Head of household deceased",
        "Yes|Y|x|1|Deceased")]
    [InlineData(
        "nothing",
        "Mother Deceased|Guardian 1 Deceased|Father deceased|Deceased / Closed|Patient deceased|Date of Passing",
        "No|0||Living|Mary")]
    [InlineData(
        "nothing",
        "In Memory Of|Tribute|In memory of deceased|Deceased Name|Tribute (deceased)|Zum Gedenken an",
        "Deceased|Yes|John Smith|verstorben")]
    [InlineData("nothing", "Spouse deceased|Deceased relative?|Partner deceased|Pet deceased", "yes|no|2024-05-01")]
    [InlineData(
        "nothing", "Deceased date of birth|Deadline|Dead stock|Year of passing|Deadlift", "2024-05-01|yes|2019")]
    [InlineData(
        "warning",
        "Notes",
        "died in March|Died 2019|Gast verstorben|client décédé|Donor deceased|has died|Kundin verstorben|"
            + "died on 3 March 2019|He died in 2020|ospite deceduto|cliente fallecido|lid overleden")]
    [InlineData("nothing", "Notes", "died hair red|battery died in the car|studied in March|dead battery")]
    public void A_death_that_may_be_of_another_is_a_warning_at_most(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Fact]
    public void It_is_told_of_in_its_own_words()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; 'Mother Deceased' = 'Yes' } | Send-WixInboxMessage x");

        Assert.StartsWith(
            "Row 1: column Mother Deceased: 'Yes' may say that this person has died, and nobody is left out for it",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unclear_in_a_column_of_deaths_is_emptied_and_the_dead_are_still_left_out()
    {
        Engine.Run("""
            $rows = 'Not Known', 'Deceased', 'Living' | ForEach-Object {
                [pscustomobject]@{ ConversationId = (New-Guid); Deceased = $_ }
            }
            """);
        var errors = Engine.Run("$rows | Send-WixInboxMessage x").Errors;
        Assert.Equal(2, errors.Count);
        var error = errors[0].ToString();
        Assert.Contains(
            "If 'Not Known' does not mean that the person has died, this empties such cells",
            error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("ExcludeProperty", error, StringComparison.Ordinal);
        var line = error.Split("empties such cells before the command: ")[1].Split(". -Include")[0];

        var sent = Engine.Run($"$rows | {line} | Send-WixInboxMessage x");

        Assert.Equal(2, sent.Output.Count);
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
    }
}
