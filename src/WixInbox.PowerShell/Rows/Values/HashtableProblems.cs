using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Explains why a value cannot become an object of the API, such as a button: the engine's own message speaks of .NET
/// types.
/// </summary>
internal static class HashtableProblems
{
    /// <summary>Finds what is wrong.</summary>
    /// <param name="value">What was given, which cannot be converted.</param>
    /// <param name="type">The type that was to be made of it.</param>
    /// <returns>A sentence; null if nothing is known to be wrong.</returns>
    public static string? Find(object? value, Type type)
    {
        var bare = RowValues.Unwrap(value);
        if (bare is null)
        {
            return null;
        }

        if (type.IsArray)
        {
            var items = bare is string or IDictionary ? null : LanguagePrimitives.GetEnumerable(bare);
            return (items?.Cast<object?>() ?? [bare])
                .Select(item => Find(item, type.GetElementType()!))
                .FirstOrDefault(problem => problem is not null);
        }

        var made = Nullable.GetUnderlyingType(type) ?? type;
        return !typeof(WixObject).IsAssignableFrom(made) ? FindInPlain(bare, made)
            : bare is IDictionary table ? FindInTable(table, made)
            : bare is PSObject ofProperties ? FindInTable(TableOf(ofProperties), made)
            : made.IsInstanceOfType(bare) ? null
            : FindInPlain(bare, made) is null ? null
            : $"it is {Describe(bare)}, and takes a hashtable: {ExampleOf(bare, made)}";
    }

    /// <summary>
    /// Finds a script block inside of a hashtable or a list, where nothing runs it: <c>@{ Name = 'Size'; Value = {
    /// $_.Size } }</c>.
    /// </summary>
    /// <param name="value">What was given.</param>
    /// <param name="type">The type that is made of it.</param>
    /// <returns>What would be right in a block around the whole; null if there is none.</returns>
    public static string? FindBlock(object? value, Type type) =>
        RowValues.Unwrap(value) is not ScriptBlock && HasBlock(value) ? Write(value, type, isInner: false) : null;

    private static bool HasBlock(object? value) => RowValues.Unwrap(value) switch
    {
        ScriptBlock => true,
        IDictionary table => table.Values.Cast<object?>().Any(HasBlock),
        IList several => several.Cast<object?>().Any(HasBlock),
        _ => false,
    };

    // A hashtable forgets in which order its keys were typed: that of the type is the usual one.
    private static string Write(object? value, Type type, bool isInner)
    {
        var made = (type.IsArray ? type.GetElementType() : Nullable.GetUnderlyingType(type)) ?? type;
        switch (RowValues.Unwrap(value))
        {
            case null:
                return "$null";
            case ScriptBlock block:
                var source = block.ToString().Trim();
                return source.IndexOf(';') < 0 && source.IndexOf('\n') < 0 ? source : $"$({source})";
            case IDictionary table:
                var keys = KeysOf(made);
                var entries = table.Keys.Cast<object>()
                    .Select(key => (
                        Key: key,
                        Index: Array.FindIndex(keys, one => one.Name.Equals(
                            key.ToString(), StringComparison.OrdinalIgnoreCase))))
                    .OrderBy(entry => (uint)entry.Index)
                    .Select(entry =>
                    {
                        var inner = entry.Index < 0 ? typeof(string) : keys[entry.Index].PropertyType;
                        return $"{entry.Key} = {Write(table[entry.Key], inner, isInner: true)}";
                    });
                return $"@{{ {string.Join("; ", entries)} }}";
            case IList several:
                var items = string.Join(", ", several.Cast<object?>().Select(one => Write(one, made, isInner: true)));
                return isInner ? $"@({items})" : items;
            case string text:
                return $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
            case IConvertible plain when plain is not (bool or DateTime or Enum):
                return plain.ToString(CultureInfo.InvariantCulture);
            case bool yes:
                return yes ? "$true" : "$false";
            default:
                return "…";
        }
    }

    private static Hashtable TableOf(PSObject ofProperties)
    {
        var table = new Hashtable();
        foreach (var property in ofProperties.Properties)
        {
            table[property.Name] = property.Value;
        }

        return table;
    }

    private static string? FindInTable(IDictionary table, Type type)
    {
        var keys = KeysOf(type);
        foreach (DictionaryEntry entry in table)
        {
            var name = entry.Key.ToString() ?? string.Empty;
            if (Array.Find(keys, key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key)
            {
                if (Find(entry.Value, key.PropertyType) is { } problem)
                {
                    return $"{key.Name}: {problem}";
                }

                continue;
            }

            string[] names = [.. keys.Select(property => property.Name)];
            var meant = NearestName.Find(name, names)
                ?? Array.Find(names, one => ColumnNames.Normalize(one).Contains(ColumnNames.Normalize(name)));
            return $"there is no key '{Show(name)}'. {(meant is null ? string.Empty : $"Did you mean {meant}? ")}"
                + $"The keys are {string.Join(", ", names)}.";
        }

        return null;
    }

    private static string? FindInPlain(object value, Type type)
    {
        try
        {
            LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
            return null;
        }
        catch (PSInvalidCastException)
        {
            return type.IsEnum ? $"it cannot be '{Show(value)}'. It can be {string.Join(", ", Enum.GetNames(type))}."
                : type.IsPrimitive ? $"it is '{Show(value)}', and takes a number."
                : $"it is '{Show(value)}', which cannot be used here.";
        }
    }

    // A text is put where it was most likely meant to go.
    private static string ExampleOf(object value, Type type)
    {
        var text = value is string ? CodeGeneration.EscapeSingleQuotedStringContent(Show(value)) : "…";
        return type == typeof(Button) ? $"@{{ Label = '{text}'; LaunchUrl = 'https://…' }}."
            : type == typeof(FormField) ? $"@{{ Name = '…'; Value = '{text}' }}."
            : type == typeof(MediaItem) ? $"@{{ Image = @{{ Url = '{text}' }} }}."
            : type == typeof(MessageContent) ? $"@{{ Basic = @{{ Items = @{{ Text = '{text}' }} }} }}."
            : type == typeof(ImageMessage) || type == typeof(FileMessage) ? $"@{{ Url = '{text}' }}."
            : $"@{{ {string.Join("; ", KeysOf(type).Select(key => key.Name + " = …"))} }}.";
    }

    // What a response alone has cannot be set.
    private static PropertyInfo[] KeysOf(Type type) =>
        [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];

    private static string Describe(object value) =>
        value is IConvertible and not DateTime ? $"'{Show(value)}'" : "a " + value.GetType().Name;

    // An object may throw when it is asked for its text.
    private static string Show(object value) => Words.Shorten(
        value is IConvertible ? System.Convert.ToString(value, CultureInfo.InvariantCulture)! : value.GetType().Name);
}
