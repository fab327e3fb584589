using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// The page about_WixInbox_Errors and the errors themselves: each id is in it and each in it occurs.
/// </summary>
public sealed class ErrorPageTests : IDisposable
{
    // Set by the environment, whose tests run alone: see SignInTests.
    private static readonly string[] s_ofTheEnvironment = ["CredentialAmbiguous", "CredentialMissing"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the ids of <see cref="ErrorCatalogue.Faults"/>.</summary>
    public static TheoryData<string> Faults => [.. ErrorCatalogue.Faults.Keys];

    /// <summary>Gets the ids of <see cref="ErrorCatalogue.Failures"/>.</summary>
    public static TheoryData<string> Failures => [.. ErrorCatalogue.Failures.Keys];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_has_each_id_that_can_be_written_and_no_other()
    {
        var page = IdsOfPage();

        Assert.Equal(page.Distinct(), page);
        Assert.Equal(
            IdsOfCode().Except(ErrorCatalogue.NeverWritten.Keys).Order(StringComparer.Ordinal),
            page.Order(StringComparer.Ordinal));
        Assert.Subset(IdsOfCode(), ErrorCatalogue.NeverWritten.Keys.ToHashSet());
    }

    [Fact]
    public void Each_id_of_the_page_is_provoked_here() =>
        Assert.Equal(
            IdsOfPage().Order(StringComparer.Ordinal),
            ErrorCatalogue.Faults.Keys.Concat(ErrorCatalogue.Failures.Keys).Concat(s_ofTheEnvironment)
                .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_can_be_known_before_says_where_it_is_and_asks_for_nothing(string id)
    {
        var (script, words) = ErrorCatalogue.Faults[id];
        var handler = new StubHandler();

        var error = Provoke(id, handler, script);

        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(script.Contains("Out-Null", StringComparison.Ordinal) ? 1 : 0, handler.Requests.Count);
        Assert.Null(Property(error, "StatusCode"));
        if (script.Contains("| Send-", StringComparison.Ordinal) && Property(error, "Row") is int row)
        {
            Assert.StartsWith(
                string.Create(CultureInfo.InvariantCulture, $"Row {row}: "),
                error.ToString(),
                StringComparison.Ordinal);

            // The row that is nothing can be no target.
            Assert.Equal(id != "RowMissing", error.TargetObject is PSObject);
            Assert.Equal("Rejected", Property(error, "Outcome")?.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void What_is_met_on_the_way_says_what_to_do_and_keeps_the_row_and_the_answer(string id)
    {
        var (answer, script, words) = ErrorCatalogue.Failures[id];

        var error = Provoke(id, new StubHandler(answer), script);

        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        if (id == "TooManyErrors")
        {
            return;
        }

        Assert.StartsWith("Row ", error.ToString(), StringComparison.Ordinal);
        if (script.Contains("$file", StringComparison.Ordinal))
        {
            Assert.Contains(
                $"'{_folder.File("a.txt")}' could not be uploaded, and the message to conversation {Engine.Guid1} "
                    + "was not sent.",
                error.ToString(),
                StringComparison.Ordinal);
        }

        Assert.Equal("x", ((PSObject)error.TargetObject).Properties["Text"].Value);
        Assert.NotNull(Property(error, "Outcome"));
        if (error.ToString().Contains("It is safe to send the message again", StringComparison.Ordinal))
        {
            Assert.Equal("NotSent", Property(error, "Outcome")!.ToString());
        }

        if (Property(error, "RequestId") is string requestId)
        {
            Assert.EndsWith($"Request id: {requestId}.", error.ToString(), StringComparison.Ordinal);
            Assert.NotNull(Property(error, "StatusCode"));
            Assert.Contains(
                $"The server answered {Property(error, "StatusCode")}", error.ToString(), StringComparison.Ordinal);
        }
    }

    // SameText is a warning, which has no id.
    [Fact]
    public void A_check_of_a_text_has_the_id_of_its_error()
    {
        using var engine = new Engine();
        var checks = engine.Run("[Enum]::GetNames([WixInbox.TextCheck])").Output
            .Select(item => (string)item.BaseObject);

        Assert.Equal(["SameText"], checks.Except(IdsOfCode()));
    }

    private static HashSet<string> IdsOfCode()
    {
        using var engine = new Engine();
        var module = ((Type)engine.Run("[WixInbox.WixInboxConnection]").Output[0].BaseObject).Assembly;
        var client = ((Type)engine.Run("[WixInbox.Message]").Output[0].BaseObject).Assembly;
        return new[]
        {
            module.GetType("WixInbox.Errors.ErrorIds", throwOnError: true)!,
            client.GetType("WixInbox.RuleNames", throwOnError: true)!,
        }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);
    }

    // A heading of the third level is an id, or several with commas between; any other has blanks.
    private static string[] IdsOfPage() =>
        [.. File.ReadAllLines(Path.Combine(StagedModule.Root, "..", "..", "docs", "help", "about_WixInbox_Errors.md"))
            .Select(line => Regex.Match(line, @"^### (\w+(?:, \w+)*)$"))
            .Where(match => match.Success)
            .SelectMany(match => match.Groups[1].Value.Split(", "))];

    private static object? Property(ErrorRecord error, string name) =>
        new PSObject(error.Exception).Properties[name].Value;

    // Runs it until there is an error, written or thrown, and gives back the last.
    private ErrorRecord Provoke(string id, StubHandler handler, string script)
    {
        using var engine = new Engine();
        engine.Set("c", Engine.Guid1);
        engine.Set("journal", _folder.File("run.jsonl"));
        engine.Set("file", _folder.File("a.txt"));
        engine.Set("secret", Secrets.Secure("secret-of-the-tests"));
        engine.Set("handler", handler);

        // A request's own time is the one wait of this clock that is not over at once.
        ClockedConnection.Use(
            engine,
            handler,
            new SkippingClock(),
            timeout: id == "ConnectionTimedOut" ? TimeSpan.FromSeconds(1) : null,
            name: script.Contains("-Journal", StringComparison.Ordinal) ? "own" : null);
        engine.Run(
            "foreach ($name in 'Get-WixInboxMessage', 'Get-WixInboxConversation', 'Get-WixInboxContact', "
                + "'Import-WixInboxMedia') { $PSDefaultParameterValues[\"${name}:Connection\"] = $connection }");

        var result = engine.Run($"{script} 6>$null");

        var error = result.Thrown is IContainsErrorRecord ended
            ? ended.ErrorRecord
            : result.Errors.FirstOrDefault(record => record.Id() == id && record.TargetObject is not null)
                ?? (result.Errors.Count > 0 ? result.Errors[^1] : null);
        Assert.NotNull(error);
        Assert.Equal(id, error.Id());
        Assert.All(
            result.Errors.Append(error), one => Assert.Matches(@"^\w+,[\w.]+$", one.FullyQualifiedErrorId));
        Assert.Equal("WixInboxException", error.Exception.GetType().Name);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.InRange(error.ToString().Length, 20, 700);
        Assert.Null(error.ErrorDetails);
        Assert.All(result.AllStreams, text => Assert.DoesNotContain("of-the-tests", text, StringComparison.Ordinal));
        return error;
    }
}
