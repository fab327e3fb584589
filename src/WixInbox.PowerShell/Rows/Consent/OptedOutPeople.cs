using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The people who want no messages by a row of the run. Who is in a file twice has often opted out in one of the
/// places.
/// </summary>
/// <param name="rows">The reader of the rows.</param>
internal sealed class OptedOutPeople(RowReader rows)
{
    // Several words with capital letters, as the names of people: "John Smith".
    private static readonly Regex s_name = new(
        @"^\s*(?!(?i:no|not|nicht|nein|non|pas|still|un\w+|inconnu|presumed)\b)"
            + @"\p{Lu}[\p{L}.'’-]*(\s+\p{Lu}[\p{L}.'’-]*)+\s*$", RegexOptions.CultureInvariant);

    // The people of the rows that would be sent, with the first row of each.
    private readonly Dictionary<Recipient, int> _before = [];
    private readonly Dictionary<Recipient, (int? Number, OptOut OptOut, PersonName Name)> _people = [];

    /// <summary>
    /// Notes the person whom a row opts out, whatever becomes of the row itself: the same person may be in a later one.
    /// Of somebody who has died, the address may be a widow's.
    /// </summary>
    public void Note(Row row)
    {
        if (row.OptOut is not { } optOut)
        {
            return;
        }

        foreach (var name in rows.NamesIn(row).Where(
            name => optOut.HoldsForAddress || name.Person.Kind != RecipientKind.Email))
        {
            if (!_people.TryGetValue(name.Person, out var known) || (name.IsCertain && !known.Name.IsCertain))
            {
                _people[name.Person] = (row.Number, optOut, name);
            }
        }
    }

    /// <summary>Finds why a row is not sent: it, or an earlier one for the same person, says so.</summary>
    /// <returns>The reason; null if none says so.</returns>
    public RowViolation? Find(Row row)
    {
        if (row.OptOut is { } optOut)
        {
            var shown = $"'{Words.Shorten(optOut.Value)}' ";
            return new RowViolation(
                row,
                ValueSource.Column(optOut.Column),
                ErrorIds.ContactUnsubscribed,
                optOut.IsClear
                    ? shown + (optOut.HasDied ? "says that this person has died."
                            : "says that this person wants no messages.")
                        + (OptOutColumns.IsOfDeath(optOut.Column) || OptOutCells.MayBeOfPlan(optOut.Value)
                            ? LeavingOut(row, optOut.Column)
                            : string.Empty)
                        + Before(row, optOut)
                        + Nevertheless(optOut)
                    : shown + $"is neither yes nor no, so this person may {Said(optOut)}. "
                        + UnclearAdvice(row, optOut)
                        + Before(row, optOut));
        }

        if (_people.Count == 0)
        {
            return null;
        }

        foreach (var name in rows.NamesIn(row))
        {
            // What may be another's in both rows makes no one person of them.
            if (_people.TryGetValue(name.Person, out var earlier) && (name.IsCertain || earlier.Name.IsCertain))
            {
                var same = earlier.Name.Place == name.Place
                    ? $" Both have '{name.Person.Id}' {name.Place}."
                    : $" It has '{name.Person.Id}' {earlier.Name.Place}, and this row {name.Place}.";
                return new RowViolation(
                    row,
                    ValueSource.Column(earlier.OptOut.Column),
                    ErrorIds.ContactUnsubscribed,
                    FormattableString.Invariant($"Row {earlier.Number} is for the same person, ")
                        + (earlier.OptOut.IsClear
                            ? (earlier.OptOut.HasDied ? "who has died." : "who wants no messages.")
                                + same + Nevertheless(earlier.OptOut)
                            : $"who may {Said(earlier.OptOut)}: its error says how that is mended." + same));
            }
        }

        return null;
    }

    /// <summary>Notes a row that would be sent, for those that come after it.</summary>
    public void NoteSent(Row row)
    {
        if (row.Number is not { } number)
        {
            return;
        }

        foreach (var name in rows.NamesIn(row))
        {
            if (name.IsCertain && !_before.ContainsKey(name.Person))
            {
                _before.Add(name.Person, number);
            }
        }
    }

    // What has been sent cannot be called back, and rows are sent as they come.
    private string Before(Row row, OptOut optOut)
    {
        var (number, name) = _before.Count == 0 ? default
            : rows.NamesIn(row)
                .Where(one => one.IsCertain
                    && (optOut.HoldsForAddress || one.Person.Kind != RecipientKind.Email)
                    && _before.ContainsKey(one.Person))
                .Select(one => (_before[one.Person], one))
                .FirstOrDefault();
        return number == 0
            ? string.Empty
            : FormattableString.Invariant($" Row {number} is for the same person, '{name.Person.Id}', ")
                + "and is sent, since it comes first: put the rows of those who want no messages in front.";
    }

    private static string Nevertheless(OptOut optOut) => optOut.HasDied
        ? " -IncludeUnsubscribed sends nevertheless, and to everybody who has unsubscribed."
        : " -IncludeUnsubscribed sends to everybody who has unsubscribed, not to this person alone.";

    private static string Said(OptOut optOut) => optOut.HasDied ? "have died" : "want no messages";

    // Whoever sends to all for the sake of one cell, or leaves the whole column out, also sends to those who have opted
    // out, or are dead. Only where a name stands in a column of deaths is it one about others than the row's people.
    private static string UnclearAdvice(Row row, OptOut optOut) =>
        "Write yes or no into the cell, or empty it."
            + Emptying(row, optOut)
            + (OptOutColumns.IsOfDeath(optOut.Column) && s_name.IsMatch(optOut.Value)
                ? LeavingOut(row, optOut.Column)
                : string.Empty)
            + " -IncludeUnsubscribed sends to all, also to those who have opted out.";

    // A column of an object in the row cannot be changed so, nor can a computed one, or one of a database, which has a
    // type of its own. A text of several lines cannot be compared with.
    private static string Emptying(Row row, OptOut optOut)
    {
        if (row.PropertyOf(optOut.Column) is not PSNoteProperty
            || row.TextIn(optOut.Column) is not { } text
            || text.Trim() != optOut.Value
            || text.Any(char.IsControl))
        {
            return string.Empty;
        }

        var cell = ColumnExpression.For(optOut.Column);
        var value = CodeGeneration.EscapeSingleQuotedStringContent(text);

        // With the cell on the left, the word would be converted to the type of the cell, so that true would equal any
        // word, and a list would be searched for it.
        var other = optOut.HasDied ? "does not mean that the person has died" : "is no opt-out";
        return $" If '{Words.Shorten(optOut.Value)}' {other}, this empties such cells before the command: "
            + $"ForEach-Object {{ if ('{value}' -eq {cell}) {{ {cell} = '' }}; $_ }}.";
    }

    // A column that stands in an object cannot be left out so.
    private static string LeavingOut(Row row, string column)
    {
        if (!row.Shape.Columns.Contains(column))
        {
            return string.Empty;
        }

        var name = Unseen.IsIn(column)
            ? ColumnExpression.Quote(column)
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(WildcardPattern.Escape(column))}'";

        // Select-Object takes a hashtable for an object with a count and keys.
        var rows = row.Input?.BaseObject is IDictionary
            ? "ForEach-Object { [pscustomobject] $_ } | "
            : string.Empty;
        return " If the column is about something else, this leaves it out before the command: "
            + $"{rows}Select-Object * -ExcludeProperty {name}.";
    }
}
