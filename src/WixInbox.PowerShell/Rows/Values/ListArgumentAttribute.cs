using System.Collections;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Lets a parameter that is no list be given several values: the engine refuses them with words that help nobody, or
/// takes one for all. A list of one is that one, as what a script collects often is.
/// </summary>
internal sealed class ListArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        RowValues.Unwrap(inputData) is not IList list || list is IDictionary ? inputData
            : list.Count == 1 && list[0] is { } only ? Transform(engineIntrinsics, only)
            : new RowValue.ItemList(list);
}
