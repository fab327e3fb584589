using System.Collections;
using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The people who want no messages by a row of the run. Who is in a file twice has often opted out in one of the
/// places.
/// </summary>
/// <param name="rows">The reader of the rows.</param>
internal sealed class OptedOutPeople(RowReader rows)
{
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
                        + Nevertheless(optOut)
                    : shown + $"is neither yes nor no, so this person may {Said(optOut)}. "
                        + UnclearAdvice(row, optOut.Column));
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

    private static string Nevertheless(OptOut optOut) => optOut.HasDied
        ? " -IncludeUnsubscribed sends nevertheless, and to everybody who has unsubscribed."
        : " -IncludeUnsubscribed sends to everybody who has unsubscribed, not to this person alone.";

    private static string Said(OptOut optOut) => optOut.HasDied ? "have died" : "want no messages";

    // Whoever sends to all for the sake of one cell also sends to those who have opted out.
    private static string UnclearAdvice(Row row, string column) =>
        "Write yes or no into the cell, or empty it."
            + LeavingOut(row, column)
            + " -IncludeUnsubscribed sends to all, also to those who have opted out.";

    // A column that stands in an object cannot be left out so.
    private static string LeavingOut(Row row, string column)
    {
        if (!row.Shape.Columns.Contains(column))
        {
            return string.Empty;
        }

        var name = Unseen.IsIn(column)
            ? ColumnExpression.Quote(column)
            : $"'{WildcardPattern.Escape(column).Replace("'", "''")}'";

        // Select-Object takes a hashtable for an object with a count and keys.
        var rows = row.Input?.BaseObject is IDictionary
            ? "ForEach-Object { [pscustomobject] $_ } | "
            : string.Empty;
        return " If the column is about something else, this leaves it out before the command: "
            + $"{rows}Select-Object * -ExcludeProperty {name}.";
    }
}
