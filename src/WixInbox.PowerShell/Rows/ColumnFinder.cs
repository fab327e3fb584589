using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Finds which column of a row gave a parameter its value: the engine binds by name and alias and does not say which.
/// </summary>
internal sealed class ColumnFinder
{
    private readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal);
    private readonly List<(ParameterMetadata Parameter, string[] Names)> _typed = [];

    /// <summary>Initializes a new instance of the <see cref="ColumnFinder"/> class.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="typed">The parameters that were typed, which no column can set.</param>
    public ColumnFinder(CommandInfo command, ICollection<string> typed)
    {
        foreach (var parameter in command.Parameters.Values)
        {
            if (!typed.Contains(parameter.Name) && parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName))
            {
                string[] names = [parameter.Name, .. parameter.Aliases];
                _names[parameter.Name] = names;

                // Anything can be made a text of.
                if (parameter.ParameterType != typeof(string) && parameter.ParameterType != typeof(string[]))
                {
                    _typed.Add((parameter, names));
                }
            }
        }
    }

    /// <summary>Finds the column of a row that gives a parameter its value, filled or not.</summary>
    /// <param name="row">The row; null for one that has no columns.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <returns>The column's name, as the row spells it; null if there is none.</returns>
    public string? Find(PSObject? row, string parameter) =>
        row is not null && _names.TryGetValue(parameter, out var names) ? FirstOf(row, names)?.Name : null;

    /// <summary>
    /// Finds the columns whose value is none that the parameter takes, and was meant for it: a word that an enumeration does not know, a hashtable with a key
    /// or a word that is misspelt. The engine then leaves the parameter as if it were not given and says nothing, so that the row would be sent without it.
    /// </summary>
    /// <param name="row">The row; null for one that has no columns.</param>
    /// <param name="parameterSet">The parameter set that the row was bound in.</param>
    /// <param name="bound">The parameters that were bound.</param>
    /// <returns>The parameter, and what is wrong with its value.</returns>
    public IEnumerable<(string Parameter, string Problem)> FindUnusable(PSObject? row, string parameterSet, ICollection<string> bound)
    {
        foreach (var (parameter, names) in _typed)
        {
            var isOpen = !bound.Contains(parameter.Name)
                && (parameter.ParameterSets.ContainsKey(parameterSet) || parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets));
            var value = isOpen && row is not null ? FirstOf(row, names)?.Value : null;
            if (value is not null && ProblemWith(value, parameter.ParameterType) is { } problem)
            {
                yield return (parameter.Name, problem);
            }
        }
    }

    private static PSPropertyInfo? FirstOf(PSObject row, string[] names)
    {
        foreach (var name in names)
        {
            if (row.Properties[name] is { } property)
            {
                return property;
            }
        }

        return null;
    }

    private static string? ProblemWith(object value, Type parameterType)
    {
        var type = Nullable.GetUnderlyingType(parameterType) ?? parameterType;

        // A text under the name of something that is no text means something else: a column File with the names of files, for example.
        if (type.IsEnum ? string.IsNullOrWhiteSpace(value.ToString()) : !IsHashtable(value) && !(LanguagePrimitives.GetEnumerable(value)?.Cast<object>().Any(IsHashtable) ?? false))
        {
            return null;
        }

        try
        {
            LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
            return null;
        }
        catch (PSInvalidCastException exception)
        {
            // Of a hashtable, the engine's own words tell which key or word in it is wrong, and which would be right.
            return type.IsEnum
                ? $"'{Row.Shorten(value.ToString()!, 60)}' is not one of {string.Join(", ", Enum.GetNames(type))}."
                : Row.Sentence(Row.Shorten(exception.Message, 600));
        }
    }

    private static bool IsHashtable(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary;
}
