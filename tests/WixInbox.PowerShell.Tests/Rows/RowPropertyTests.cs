using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CsCheck;

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Whatever rows are made of, each is one result, in its place, and none ends the others.</summary>
public sealed class RowPropertyTests : IDisposable
{
    // What the help names, as exports spell it.
    private static readonly (string Column, string Value, string Recipient)[] s_recipients =
    [
        ("Conversation Id", Engine.Guid1, "conversation " + Engine.Guid1),
        ("Contact Id", Engine.Guid1, "contact " + Engine.Guid1),
        ("Member Id", Engine.Guid1, "member " + Engine.Guid1),
        ("Visitor Id", Engine.Guid1, "visitor " + Engine.Guid1),
        ("Email", "ada@example.com", "ada@example.com"),
        ("Email 1", "ada@example.com", "ada@example.com"),
        ("E-Mail-Adresse", "ada@example.com", "ada@example.com"),
    ];

    private static readonly Gen<string> s_word = Gen.String[Gen.Char["aZ é_-,;@'\"{}$\0\u200B\uFEFF\uFFFD漢\uD83D"],
        0,
        10];

    private static readonly Gen<string> s_column = Gen.OneOf(
        s_word,
        OneOf("Text", "Email", "ConversationId", "ContactId", "MemberId", "ImageUrl", "FilePath", "PreviewText",
            "SendNotification", "Unsubscribed", "Count", "Length", "PSObject"));

    private static readonly Gen<object?> s_value = Gen.OneOf(
        s_word.Select(word => (object?)word),
        Gen.Int.Select(number => (object?)number),
        Gen.Double.Select(number => (object?)number),
        Gen.Const((object?)null),
        Gen.Const((object?)string.Empty),
        OneOf<object?>(Engine.Guid1, "ada@example.com", true, DateTime.MaxValue, Guid.Empty, DBNull.Value,
            new[] { 1, 2 }, Array.Empty<object>(), new Hashtable { ["a"] = 1 }, new Throwing(), typeof(string)));

    private static readonly Gen<object?> s_row = Gen.OneOf(
        Gen.Select(s_column, s_value).Array[0, 6].Select(columns => (object?)ObjectOf(columns)),
        Gen.Select(s_column, s_value).Array[0, 6].Select(columns => (object?)TableOf(columns)),
        s_value);

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Each_row_is_one_result_in_its_place() =>
        s_row.Array[1, 12].Sample(
            rows =>
            {
                _engine.Set("rows", rows);

                var result = _engine.Run(
                    "& { foreach ($row in $rows) { , $row } } | Test-WixInboxMessage -WarningAction Ignore");

                Assert.Null(result.Thrown);
                Assert.Empty(result.Errors);
                Assert.Equal(Enumerable.Range(1, rows.Length),
                    result.Output.Select(test => (int)test.Properties["Row"].Value));
                Assert.All(result.Output, test =>
                    Assert.Equal(test.Properties["Valid"].Value is true, test.Properties["Problem"].Value is null));
            },
            iter: 200,
            threads: 1,
            print: rows => string.Join('\n', rows.Select(Show)));

    [Fact]
    public void A_column_is_known_however_it_is_spelled() =>
        Gen.Select(Gen.Int[0, s_recipients.Length - 1], Gen.Int, Gen.Int[0, 3]).Sample(
            (which, seed, more) =>
            {
                var (column, value, recipient) = s_recipients[which];
                var random = new Random(seed);
                string[] between = [string.Empty, string.Empty, string.Empty, " ", "_", "-"];
                var spelled = string.Concat(column.Where(letter => letter is not (' ' or '-')).Select(letter =>
                    between[random.Next(between.Length)]
                        + (random.Next(2) == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter))));

                // Others before it that mean nothing.
                var columns = Enumerable.Range(0, more)
                    .Select(number => (string.Create(CultureInfo.InvariantCulture, $"Other {number}"), (object?)value))
                        .Append((spelled, value)).ToArray();
                _engine.Set("row", ObjectOf(columns));

                var test = Assert.Single(_engine.Run("$row | Test-WixInboxMessage x").Output);

                Assert.True(test.Properties["Valid"].Value is true, $"{spelled}: {test.Properties["Problem"].Value}");
                Assert.EndsWith(recipient, (string)test.Properties["Recipient"].Value, StringComparison.Ordinal);
            },
            iter: 500,
            threads: 1);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static PSObject ObjectOf((string Name, object? Value)[] columns)
    {
        var row = new PSObject();
        foreach (var (name, value) in columns.Where(column => column.Name.Length > 0)
            .DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase))
        {
            row.Properties.Add(value is Throwing ? new PSScriptProperty(name, ScriptBlock.Create("throw 'no'"))
                : new PSNoteProperty(name, value), preValidated: true);
        }

        return row;
    }

    private static Hashtable TableOf((string Name, object? Value)[] columns)
    {
        var row = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in columns)
        {
            row[name] = value;
        }

        return row;
    }

    private static string Show(object? value) => value switch
    {
        Throwing => "throws",
        PSObject row => "object " + string.Join("; ", row.Properties.Select(
            column => $"{column.Name} = {(column is PSNoteProperty ? Show(column.Value) : "throws")}")),
        IDictionary row => "hashtable " + string.Join("; ", row.Keys.Cast<object>().Select(
            key => $"{key} = {Show(row[key])}")),
        _ => $"{value} ({value?.GetType().Name})",
    };

    // An object of .NET whose properties cannot be read, or say nothing sensible.
    private sealed class Throwing
    {
        public string Text => throw new InvalidOperationException(base.ToString());

        public override string ToString() => throw new InvalidOperationException("no");
    }
}
