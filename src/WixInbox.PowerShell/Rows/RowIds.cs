using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>The ids that a row gives, and what is said of a row that gives none.</summary>
internal static class RowIds
{
    /// <summary>Gets the value of an id. An empty column is a value that was not given.</summary>
    public static string? Given(string? id) => string.IsNullOrWhiteSpace(id) ? null : id!.Trim();

    /// <summary>Gets the id that a row itself is, where ids are piped in as they are.</summary>
    public static string? Of(PSObject? row) => row?.BaseObject is string or Guid ? Given(row.BaseObject.ToString()) : null;

    /// <summary>A row without an id.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rule">The error id.</param>
    /// <param name="missing">What is missing.</param>
    /// <param name="parameters">The parameters that could have named one.</param>
    public static RowFault Missing(Row row, string rule, string missing, params string[] parameters)
    {
        var empty = parameters.Where(row.HasColumnFor).Select(row.NameOf).ToArray();
        var found = empty.Length > 0 ? $"there is no {missing}: {string.Join(" and ", empty)} {(empty.Length > 1 ? "are" : "is")} empty." : $"there is no {missing}.";
        var names = parameters.Select(parameter => "-" + parameter).ToArray();
        var choice = names.Length == 1 ? names[0] : string.Join(", ", names.Take(names.Length - 1)) + " or " + names[names.Length - 1];
        return RowFault.Missing(row, empty.Length == 1 ? empty[0] : null, rule, $"{found} Give {choice}, or a column of that name.{row.Hint}");
    }

    /// <summary>A row whose id breaks a rule of the API.</summary>
    public static RowFault Invalid(Row row, IReadOnlyList<FieldViolation> violations) => RowFault.Invalid(row, violations, " No request was made.");
}
