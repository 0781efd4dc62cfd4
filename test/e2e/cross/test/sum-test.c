#include <stdio.h>
#include <stdlib.h>

__declspec(dllimport) int sum(int left, int right);

int main(int count, char **words)
{
	if (count != 3)
		return 256;
	printf("%d\n", sum(atoi(words[1]), atoi(words[2])));
	return 0;
}
